package dev.runnel.web;

/**
 * The longest message allowed. The page shows the limit before the chat would refuse a
 * message.
 *
 * @param chars the limit, in UTF-16 units
 */
public record MessageLimit(int chars) {
}
