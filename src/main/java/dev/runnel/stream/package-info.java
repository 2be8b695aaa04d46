/**
 * The live log: an append-only log of the events of one stream, which any number of
 * readers read, each at its own pace.
 * <p>
 * Start at {@link dev.runnel.stream.StreamLog}. A stream is owned by the server, not by a
 * request: who asked for it is only its first reader. Each event is encoded to its bytes
 * once and shared by all readers. What readers have passed is folded into fewer events
 * that say the same, so that a replay costs little and a stalled reader costs nothing. A
 * {@link dev.runnel.stream.StreamStore} keeps the logs; owner, state and life signs
 * belong to the log, so that a store may be shared by several processes. This package
 * uses only the visitor of {@code web}.
 */
@NullMarked
package dev.runnel.stream;

import org.jspecify.annotations.NullMarked;
