package dev.runnel.stream;

import reactor.core.publisher.Mono;

/**
 * The place of one running stream, taken before anything is kept for it. It goes back
 * once: with the end of the stream that is opened in it, with an error on opening it, or
 * by {@link #leave}, whichever comes first. What the stream takes of the memory goes back
 * by {@link #leave} only: its writer may hold text for longer than the stream lasts.
 *
 * @param <E> the events
 */
public interface StreamPlace<E extends StreamEvent> {

	/**
	 * Opens the log of the stream whose place this is. To be called once.
	 * @param subject what the stream is about; its owner is the one who took the place
	 * @return the new log; an error gives the place back
	 */
	Mono<StreamLog<E>> open(StreamSubject subject);

	/**
	 * Gives the place back: no stream begins in it, or its writer has gone. Does nothing
	 * if it is back already. To be called once for each place.
	 */
	void leave();

}
