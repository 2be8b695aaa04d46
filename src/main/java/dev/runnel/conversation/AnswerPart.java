package dev.runnel.conversation;

/**
 * What an answer grew by since it was last kept.
 *
 * @param content Markdown
 * @param reasoning plain text
 */
public record AnswerPart(String content, String reasoning) {
}
