/**
 * One account of the memory that work takes, so that the server refuses work before its
 * heap ends.
 * <p>
 * Start at {@link dev.runnel.memory.MemoryAccount}. Each piece of work whose size others
 * choose (a stream, a temporary chat, an import) has a
 * {@link dev.runnel.memory.MemoryReservation}. This package uses only the problems of
 * {@code web}.
 */
@NullMarked
package dev.runnel.memory;

import org.jspecify.annotations.NullMarked;
