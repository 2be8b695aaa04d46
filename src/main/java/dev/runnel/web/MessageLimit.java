package dev.runnel.web;

/**
 * The longest message. The page tells it before the chat has to refuse one.
 *
 * @param chars UTF-16 units
 */
public record MessageLimit(int chars) {
}
