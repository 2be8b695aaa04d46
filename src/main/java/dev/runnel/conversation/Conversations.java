package dev.runnel.conversation;

import dev.runnel.web.Visitor;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What a visitor can do with the conversations that are kept.
 * <p>
 * Every call sees the visitor's own conversations only: what is unknown and what is
 * another's give the same {@link dev.runnel.web.ProblemException} ({@code not_found}). A
 * database that cannot be reached is a problem with the status 503.
 */
public interface Conversations {

	/**
	 * Lists conversations, the one last updated first. What is updated while somebody
	 * pages moves to the front; nothing else is left out or shown twice.
	 * @param visitor who asks
	 * @param filter which ones
	 * @param cursor the cursor of the page before; null for the first page
	 * @param limit the most conversations to give back, at least 1
	 * @return the page; a problem ({@code invalid_request}) for a cursor that was not
	 * given out
	 */
	Mono<ConversationPage> list(Visitor visitor, ConversationFilter filter, @Nullable String cursor, int limit);

	/**
	 * Searches titles and messages. A word finds what begins with it, in any case; of
	 * several words all have to be in the title or in one message. Each conversation is
	 * found once, the one last updated first.
	 * @param visitor who asks
	 * @param query words; a query without any finds nothing
	 * @param cursor the cursor of the page before; null for the first page
	 * @param limit the most hits to give back, at least 1
	 * @return the page; a problem ({@code invalid_request}) for a cursor that was not
	 * given out
	 */
	Mono<SearchPage> search(Visitor visitor, String query, @Nullable String cursor, int limit);

	/**
	 * Finds a conversation.
	 * @param visitor who asks
	 * @param id which
	 * @return all but its messages
	 */
	Mono<ConversationHead> head(Visitor visitor, ConversationId id);

	/**
	 * Reads a conversation's messages, of all branches.
	 * @param visitor who asks
	 * @param id which
	 * @return the messages in the order in which they were begun, so that each comes
	 * after the one it follows
	 */
	Flux<Message> messages(Visitor visitor, ConversationId id);

	/**
	 * Changes a conversation. Its time of update stays.
	 * @param visitor who asks
	 * @param id which
	 * @param change what to change
	 * @return the conversation as it is now; a problem ({@code invalid_request}) for a
	 * title that is blank or too long, {@code not_found} for a message that is not in it
	 */
	Mono<ConversationHead> change(Visitor visitor, ConversationId id, ConversationChange change);

	/**
	 * Gives a conversation a title that nobody typed. It never replaces one that somebody
	 * did.
	 * @param visitor whose it is
	 * @param id which
	 * @param title the title; what is too long is cut
	 * @return whether the conversation has this title now
	 */
	Mono<Boolean> suggestTitle(Visitor visitor, ConversationId id, String title);

	/**
	 * Deletes a conversation with all its messages, and publishes
	 * {@link ConversationDeleted}.
	 * @param visitor who asks
	 * @param id which
	 * @return completes when it is gone
	 */
	Mono<Void> delete(Visitor visitor, ConversationId id);

	/**
	 * All conversations.
	 * @param visitor whose
	 * @return the conversations, the oldest first
	 */
	Flux<ConversationHead> all(Visitor visitor);

	/**
	 * Keeps a conversation that comes from elsewhere, all of it or nothing.
	 * @param visitor whose it will be
	 * @param conversation the conversation
	 * @return its new id; a problem ({@code invalid_request}) where it breaks a bound or
	 * a message follows none of those before it
	 */
	Mono<ConversationId> add(Visitor visitor, ImportedConversation conversation);

	/**
	 * Has all that was added so far outlive the process: to be called before anybody is
	 * told.
	 * @return completes when that is so; a problem with the status 503 if it cannot be
	 */
	Mono<Void> flush();

}
