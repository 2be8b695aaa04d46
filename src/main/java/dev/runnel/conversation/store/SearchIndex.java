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
	 * @param visitor whose
	 * @param words at least one, each the beginning of a word as {@link WordReader} reads
	 * them
	 * @param after where to begin; null for the beginning
	 * @param limit the most to give back
	 * @return the conversations, the one last updated first
	 */
	Mono<List<Found>> find(Visitor visitor, List<String> words, @Nullable Cursor after, int limit);

	/**
	 * Something was changed that is to be found in another way than before, or no longer.
	 */
	void changed();

	/**
	 * Takes deleted words out of the index's own files, if there are any.
	 * @return completes when they are gone
	 */
	Mono<Void> forgetDeleted();

	/**
	 * A conversation that was found.
	 *
	 * @param conversation the conversation
	 * @param message the newest message with all the words; null where only the title has
	 * them
	 * @param text the text of that message, or the title
	 */
	record Found(ConversationHead conversation, @Nullable MessageId message, String text) {
	}

}
