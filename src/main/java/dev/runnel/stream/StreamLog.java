package dev.runnel.stream;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The log of one stream. It has one writer and any number of readers.
 * <p>
 * The writer appends from one thread at a time and ends with a terminal event. Readers
 * come and go from any thread. Every reader gets every event after the one it names, in
 * order, to the terminal one; events that are no longer new may come merged, but always
 * so that what they say together is the same.
 *
 * @param <E> the events
 */
public interface StreamLog<E extends StreamEvent> {

	/**
	 * How the stream stands now.
	 * @return its status
	 */
	StreamStatus status();

	/**
	 * Adds an event. Never blocks. An event that cannot be encoded is not added.
	 * @param event the next event
	 * @throws IllegalStateException after a terminal event
	 */
	void append(E event);

	/**
	 * Whether there is memory for more. A writer that does not wait for it may be asked
	 * to end.
	 * @return false if it should {@linkplain #awaitRoom() wait} before the next event
	 */
	boolean hasRoom();

	/**
	 * Waits for memory. Another stream, or this one, may be asked to end meanwhile.
	 * @return completes when there is some, or when this stream is asked to end
	 */
	Mono<Void> awaitRoom();

	/**
	 * Adds the last event. If it cannot be encoded the log stays open, for another one.
	 * @param event a terminal event
	 * @param state how the stream ended
	 * @throws IllegalStateException after a terminal event
	 */
	void close(E event, StreamState state);

	/**
	 * Reads what comes after an event and follows the log to its end. Cancelling leaves
	 * the log as it is.
	 * @param after the number of the last event that the reader has, 0 for none; a number
	 * beyond the end gives the end only
	 * @return the entries; completes after the terminal one
	 */
	Flux<LogEntry> read(long after);

	/**
	 * Asks the writer to end the stream.
	 * @param request why
	 * @return completes when the request is on its way; nothing happens to a stream that
	 * has ended
	 */
	Mono<Void> requestEnd(EndRequest request);

	/**
	 * For the writer: when it should end the stream, and why.
	 * @return the first request to end, now or later; empty if the stream ends first
	 */
	Mono<EndRequest> endRequested();

}
