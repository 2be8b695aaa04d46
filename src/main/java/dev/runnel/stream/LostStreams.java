package dev.runnel.stream;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Ends the streams of a server that is gone.
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

}
