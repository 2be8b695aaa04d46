package dev.runnel.conversation;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A conversation that a search found.
 *
 * @param conversation the conversation
 * @param message the newest message that matches all query words; null if only the title
 * matches
 * @param snippet the text around the match, with the matches marked
 */
public record SearchHit(ConversationHead conversation, @Nullable MessageId message, List<Snippet> snippet) {

	/**
	 * A piece of a text that a search found.
	 *
	 * @param text the piece in plain text
	 * @param hit whether the piece matches the query
	 */
	public record Snippet(String text, boolean hit) {
	}

}
