package dev.runnel.stream;

import dev.runnel.web.Caller;
import dev.runnel.web.Visitor;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Stores the logs of running streams, and those of ended streams for a while.
 *
 * @param <E> the events
 */
public interface StreamStore<E extends StreamEvent> {

	/**
	 * Takes a place for one more stream, before any other work for it.
	 * @param caller the sender of the request
	 * @return the place; an error of {@link dev.runnel.web.ProblemException}
	 * ({@code rate_limited}) if the visitor, its address or the whole server is at its
	 * limit
	 */
	Mono<StreamPlace<E>> enter(Caller caller);

	/**
	 * Finds a log.
	 * @param owner the visitor that asks
	 * @param id the stream
	 * @return the log; empty if there is none or it belongs to another visitor
	 */
	Mono<StreamLog<E>> find(Visitor owner, StreamId id);

	/**
	 * The streams of a visitor, running and ended, newest first.
	 * @param owner the visitor that asks
	 * @return the status of each
	 */
	Flux<StreamStatus> list(Visitor owner);

	/**
	 * The logs that a writer in this process is still writing.
	 */
	Flux<StreamLog<E>> running();

}
