package dev.runnel.stream;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The log of one stream. It has one writer and any number of readers.
 * <p>
 * The writer appends from one thread at a time and finishes with a terminal event.
 * Readers join and leave on any thread. Every reader gets all events after its start
 * position, in order, up to the terminal one. Older events may come merged, but together
 * they say the same.
 *
 * @param <E> the events
 */
public interface StreamLog<E extends StreamEvent> {

	/**
	 * The current status of the stream.
	 */
	StreamStatus status();

	/**
	 * The number before the first event of this log. Another server wrote the events up
	 * to there, and this log does not have them.
	 * @return the number; 0 for a log that has the whole stream
	 */
	default long beginsAfter() {
		return 0;
	}

	/**
	 * Appends an event without blocking. An event that cannot be encoded is not appended.
	 * @param event the next event
	 * @throws IllegalStateException if the log is closed
	 */
	void append(E event);

	/**
	 * Whether there is memory for more events. A writer that ignores this may be asked to
	 * end.
	 * @return false if the writer should {@linkplain #awaitRoom() wait} before the next
	 * event
	 */
	boolean hasRoom();

	/**
	 * Waits for memory. Meanwhile this stream or another one may be asked to end.
	 * @return a Mono that completes when there is memory, or when this stream is asked to
	 * end
	 */
	Mono<Void> awaitRoom();

	/**
	 * Appends the terminal event. If it cannot be encoded, the log stays open for another
	 * terminal event.
	 * @param event a terminal event
	 * @param state how the stream ended
	 * @throws IllegalStateException if the log is closed
	 */
	void close(E event, StreamState state);

	/**
	 * Closes the log without a terminal event, because another server goes on with the
	 * stream. Readers get all events, and then have to read on there.
	 * @throws IllegalStateException if the log is closed
	 */
	void handOver();

	/**
	 * Reads the events after a number and follows the log to its end. A cancelled read
	 * does not change the log.
	 * @param after the number of the last event that the reader has, 0 for none; beyond
	 * the end of a closed log, the reader gets only the terminal entry
	 * @return the entries; completes after the terminal entry
	 */
	Flux<LogEntry> read(long after);

	/**
	 * Reads like {@link #read}, for a copy of the log in another place. A copy is not a
	 * reader: a stream without readers is still abandoned.
	 * @param after the number of the last event in the copy, 0 for none
	 * @return the entries; completes after the terminal entry
	 */
	Flux<LogEntry> copy(long after);

	/**
	 * How much of the log a reader lacks, if it lacks more than the newest events.
	 * @param after the number of the last event that the reader has
	 * @return estimated bytes of heap; 0 if the reader lacks only newest events
	 */
	long backlogBytes(long after);

	/**
	 * Asks the writer to end the stream.
	 * @param request the reason
	 * @return a Mono that completes when the request was passed on; a stream that has
	 * ended ignores it
	 */
	Mono<Void> requestEnd(EndRequest request);

	/**
	 * Ends the stream as soon as it has no reader, without a grace period: now, or when
	 * the last one leaves. Only the process that writes the log can do this.
	 */
	void endUnread();

	/**
	 * Tells the writer that it should end the stream, and why.
	 * @return the first request, past or future; empty if the stream ends first
	 */
	Mono<EndRequest> endRequested();

}
