package dev.runnel.stream;

import reactor.core.publisher.Mono;

/**
 * A place for one running stream, taken before anything is stored for it. It is returned
 * once: at the end of its stream, after an error on opening, or by {@link #leave},
 * whichever is first. Only {@link #leave} releases the memory of the stream, because its
 * writer may hold text longer than the stream runs.
 *
 * @param <E> the events
 */
public interface StreamPlace<E extends StreamEvent> {

	/**
	 * Opens the log of the stream in this place. Call it once.
	 * @param subject the subject of the stream, owned by the visitor that took the place
	 * @return the new log; an error returns the place
	 */
	Mono<StreamLog<E>> open(StreamSubject subject);

	/**
	 * Returns the place and releases the memory, because no stream begins in it or its
	 * writer has finished. Does nothing the second time. Call it for each place.
	 */
	void leave();

}
