package dev.runnel.stream;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Ends the streams of a server that is gone, or goes on with them.
 */
public interface LostStreams {

	/**
	 * Stores the text that readers have seen of a stream, and ends its answer. Several
	 * servers may do this at the same time, and more than once.
	 * @param subject the subject of the stream
	 * @param shown the entries that readers may have seen
	 * @return the terminal event for the readers; an error if the end could not be stored
	 */
	Mono<StreamEvent> end(StreamSubject subject, Flux<LogEntry> shown);

	/**
	 * The event that stands between the events of the server that is gone and those of
	 * this one. It changes nothing for readers.
	 */
	StreamEvent mark();

	/**
	 * Goes on with a stream after {@link #end}, in a log of this server. Only one server
	 * may do this for a stream at a time.
	 * @param subject the subject of the stream
	 * @param shown the entries that readers have seen
	 * @param after the number of the event before the first one of this server
	 * @return true when the stream goes on; false if it cannot
	 */
	Mono<Boolean> goOn(StreamSubject subject, Flux<LogEntry> shown, long after);

}
