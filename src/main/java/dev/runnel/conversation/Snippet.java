package dev.runnel.conversation;

/**
 * A piece of the text in which something was found.
 *
 * @param text plain text
 * @param hit whether this is what was looked for
 */
public record Snippet(String text, boolean hit) {
}
