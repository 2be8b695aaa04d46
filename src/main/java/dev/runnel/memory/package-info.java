/**
 * One account of the memory that work takes. The server refuses work before the heap is
 * full.
 * <p>
 * Start at {@link dev.runnel.memory.MemoryAccount}. Each piece of work whose size a
 * visitor chooses (a stream, a temporary chat, an import) has a
 * {@link dev.runnel.memory.MemoryReservation}. This package uses only {@code web}: its
 * problems, and the addresses of clients.
 */
@NullMarked
package dev.runnel.memory;

import org.jspecify.annotations.NullMarked;
