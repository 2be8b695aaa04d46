package dev.runnel.conversation;

/**
 * A piece of a text that a search found.
 *
 * @param text the piece in plain text
 * @param hit whether the piece matches the query
 */
public record Snippet(String text, boolean hit) {
}
