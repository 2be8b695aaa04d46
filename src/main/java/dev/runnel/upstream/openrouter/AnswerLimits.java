package dev.runnel.upstream.openrouter;

import dev.runnel.memory.MemoryAccount;

/**
 * The limits of the parts of an answer.
 *
 * @param maxEvent the largest event without its pictures, in bytes
 * @param maxPicture the largest picture, in bytes
 * @param memory counts the memory of pictures
 */
record AnswerLimits(int maxEvent, long maxPicture, MemoryAccount memory) {
}
