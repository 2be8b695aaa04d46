/**
 * The live log: an append-only log of the events of one stream. Any number of readers
 * read it, each at its own speed.
 * <p>
 * Start at {@link dev.runnel.stream.StreamLog}. A stream belongs to the server, not to a
 * request; the request that started it is only its first reader. Each event is encoded
 * once, and all readers share its bytes. Older events are folded into fewer events that
 * say the same, so that a replay costs little and a stalled reader costs nothing. A
 * {@link dev.runnel.stream.StreamStore} stores the logs. Owner, state and silence belong
 * to the log, so that several processes could share a store. This package uses
 * {@code memory}, {@code process} and {@code web}.
 */
@NullMarked
package dev.runnel.stream;

import org.jspecify.annotations.NullMarked;
