package dev.runnel.conversation;

import dev.runnel.web.Visitor;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The stored conversations of a visitor.
 * <p>
 * A method sees only the visitor's own conversations. An unknown conversation and a
 * conversation of another visitor give the same {@link dev.runnel.web.ProblemException}
 * ({@code not_found}). If the database cannot be reached, the problem has the status 503.
 */
public interface Conversations {

	/**
	 * Lists conversations, the last updated first. A conversation that is updated between
	 * two pages moves to the front. No other conversation is skipped or listed twice.
	 * @param visitor the owner
	 * @param filter selects the conversations
	 * @param cursor the cursor from the previous page; null for the first page
	 * @param limit the page size, at least 1
	 * @return the page; a problem ({@code invalid_request}) if the cursor is invalid
	 */
	Mono<ConversationPage> list(Visitor visitor, ConversationFilter filter, @Nullable String cursor, int limit);

	/**
	 * Searches titles and messages. A query word matches every word that begins with it;
	 * case is ignored. All query words must match in the title or in the same message.
	 * Each conversation is a hit at most once; the last updated comes first.
	 * @param visitor the owner
	 * @param query the words; a query without words finds nothing
	 * @param cursor the cursor from the previous page; null for the first page
	 * @param limit the page size, at least 1
	 * @return the page; a problem ({@code invalid_request}) if the cursor is invalid
	 */
	Mono<SearchPage> search(Visitor visitor, String query, @Nullable String cursor, int limit);

	/**
	 * Reads a conversation without its messages.
	 * @param visitor the owner
	 * @param id the id of the conversation
	 * @return the conversation
	 */
	Mono<ConversationHead> head(Visitor visitor, ConversationId id);

	/**
	 * Reads how much text a conversation has.
	 * @param visitor the owner
	 * @param id the id of the conversation
	 * @return the length; nothing if the visitor has no such conversation
	 */
	Mono<ConversationLength> length(Visitor visitor, ConversationId id);

	/**
	 * Reads how much text all conversations of a visitor have at most.
	 * @param visitor the owner
	 * @return the length, with the largest page
	 */
	Mono<ConversationLength> length(Visitor visitor);

	/**
	 * Reads the messages of a conversation, of all branches.
	 * @param visitor the owner
	 * @param id the id of the conversation
	 * @return the messages, the oldest first; a parent comes before its children
	 */
	Flux<Message> messages(Visitor visitor, ConversationId id);

	/**
	 * Changes a conversation. The time of its last update does not change.
	 * @param visitor the owner
	 * @param id the id of the conversation
	 * @param change the changes
	 * @return the changed conversation; a problem ({@code invalid_request}) if the title
	 * is blank or too long, a problem ({@code not_found}) if the conversation does not
	 * contain the message
	 */
	Mono<ConversationHead> change(Visitor visitor, ConversationId id, ConversationChange change);

	/**
	 * Returns whether a model may be asked for the title of a conversation after an
	 * answer: no person has chosen a title, and no other answer of a model began before,
	 * unless that one broke off. So at most one answer asks, on whatever server it is
	 * written.
	 * @param visitor the owner
	 * @param id the id of the conversation
	 * @param answer the id of the answer
	 * @return true if it may
	 */
	Mono<Boolean> lacksTitle(Visitor visitor, ConversationId id, MessageId answer);

	/**
	 * Gives a conversation a generated title. A title that a person chose is not
	 * replaced.
	 * @param visitor the owner
	 * @param id the id of the conversation
	 * @param title the title; its first line of text is used, without Markdown marks, and
	 * shortened if it is too long
	 * @return true if the title was stored
	 */
	Mono<Boolean> suggestTitle(Visitor visitor, ConversationId id, String title);

	/**
	 * Deletes a conversation with all its messages, and publishes
	 * {@link ConversationDeleted}.
	 * @param visitor the owner
	 * @param id the id of the conversation
	 * @return completes when the conversation is deleted
	 */
	Mono<Void> delete(Visitor visitor, ConversationId id);

	/**
	 * Reads all conversations of a visitor.
	 * @param visitor the owner
	 * @return the conversations, the oldest first
	 */
	Flux<ConversationHead> all(Visitor visitor);

	/**
	 * Finds a conversation that was imported before, or that was created here and
	 * exported.
	 * @param visitor the owner
	 * @param origin where it comes from
	 * @return the conversation; nothing if the visitor has none with this origin
	 */
	Mono<ConversationHead> imported(Visitor visitor, String origin);

	/**
	 * Stores an imported conversation, all of it or nothing. An origin that the visitor
	 * has already is not stored again.
	 * @param visitor the new owner
	 * @param conversation the conversation
	 * @return the new id, or that of the conversation with the same origin; a problem
	 * ({@code invalid_request}) if the conversation exceeds a limit or if a message does
	 * not come after its parent
	 */
	Mono<ConversationId> add(Visitor visitor, ImportedConversation conversation);

	/**
	 * Makes the added conversations durable: they survive the end of the process. Call
	 * this before an import is reported as done.
	 * @return completes when they are durable; a problem with the status 503 if that
	 * fails
	 */
	Mono<Void> flush();

}
