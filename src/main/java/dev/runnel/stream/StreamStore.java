package dev.runnel.stream;

import dev.runnel.web.Caller;
import dev.runnel.web.Visitor;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Keeps the logs of running streams, and of ended ones for a while.
 *
 * @param <E> the events
 */
public interface StreamStore<E extends StreamEvent> {

	/**
	 * Takes the place of one more stream, before anything is done for it.
	 * @param caller who asks
	 * @return the place; an error of {@link dev.runnel.web.ProblemException}
	 * ({@code rate_limited}) where the visitor, the address or all together run as many
	 * streams as they may
	 */
	Mono<StreamPlace<E>> enter(Caller caller);

	/**
	 * Finds a log.
	 * @param owner who asks
	 * @param id the stream
	 * @return the log; empty if there is none or it is another's
	 */
	Mono<StreamLog<E>> find(Visitor owner, StreamId id);

	/**
	 * The logs of a visitor, running and kept, newest first.
	 * @param owner who asks
	 * @return their status
	 */
	Flux<StreamStatus> list(Visitor owner);

	/**
	 * The logs whose writer is in this process and still writes.
	 * @return the running logs
	 */
	Flux<StreamLog<E>> running();

}
