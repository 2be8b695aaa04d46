package dev.runnel.stream;

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
	 * Looks whether a visitor may run one more stream, before anything is done for it.
	 * @param owner who asks
	 * @return completes if there is room, else the same error as {@link #open}
	 */
	Mono<Void> checkRoom(Visitor owner);

	/**
	 * Opens a log.
	 * @param subject what the stream is about
	 * @return the new log; an error of {@link dev.runnel.web.ProblemException}
	 * ({@code rate_limited}) where the visitor or all visitors together run as many
	 * streams as they may
	 */
	Mono<StreamLog<E>> open(StreamSubject subject);

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
