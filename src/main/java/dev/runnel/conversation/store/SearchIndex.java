package dev.runnel.conversation.store;

import java.util.List;

import dev.runnel.conversation.ConversationHead;
import dev.runnel.conversation.MessageId;
import dev.runnel.web.Visitor;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Finds conversations by words.
 */
interface SearchIndex {

	/**
	 * Finds conversations in which the title or one message has all the words.
	 * @param visitor the owner
	 * @param words at least one; each is the beginning of a word that {@link WordReader}
	 * reads
	 * @param after the end of the previous page; null for the first page
	 * @param limit the maximum number of conversations
	 * @return the conversations, the last updated first
	 */
	Mono<List<Found>> find(Visitor visitor, List<String> words, @Nullable Cursor after, int limit);

	/**
	 * Starts an update of the index after a change of texts or a deletion.
	 */
	void changed();

	/**
	 * Removes deleted words from the files of the index, if it has any.
	 * @return completes when the words are removed
	 */
	Mono<Void> forgetDeleted();

	/**
	 * A conversation that was found.
	 *
	 * @param conversation the conversation
	 * @param message the newest message that matches all words; null if only the title
	 * matches
	 */
	record Found(ConversationHead conversation, @Nullable MessageId message) {
	}

}
