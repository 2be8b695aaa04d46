package dev.runnel.stream;

import java.time.Clock;
import java.util.function.Supplier;

import dev.runnel.memory.MemoryAccount;
import dev.runnel.web.Caller;
import dev.runnel.web.Visitor;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Stores the logs of running streams, and those of ended streams for a while.
 *
 * @param <E> the events
 */
public interface StreamStore<E extends StreamEvent> {

	/**
	 * Creates a store in the memory of this process.
	 * @param <E> the events of the store
	 * @param settings the limits of the streams
	 * @param folds creates the fold of a new stream
	 * @param memory the account of the memory that streams take
	 * @return an empty store
	 */
	static <E extends StreamEvent> StreamStore<E> inMemory(StreamSettings settings, Supplier<EventFold<E>> folds,
			MemoryAccount memory) {
		return new MemoryStreamStore<>(settings, folds, Schedulers.parallel(), Clock.systemUTC(), memory);
	}

	/**
	 * Takes a place for one more stream, before any other work for it.
	 * @param caller the sender of the request
	 * @return the place; an error of {@link dev.runnel.web.ProblemException}
	 * ({@code rate_limited}) if the visitor, its address or the whole server is at its
	 * limit
	 */
	Mono<StreamPlace<E>> enter(Caller caller);

	/**
	 * Takes a place for a stream that another server began and can no longer write. No
	 * limit on the number of streams refuses it, because it ran before.
	 * @param caller the owner of the stream
	 * @return the place; an error of {@link dev.runnel.web.ProblemException} if there is
	 * no memory
	 */
	Mono<StreamPlace<E>> takeOver(Caller caller);

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

	/**
	 * What a process that stops asks of the streams that still run.
	 * @return a request for each of them; never an error
	 */
	default Mono<EndRequest> lastRequest() {
		return Mono.just(EndRequest.SHUTDOWN);
	}

	/**
	 * Lets other processes go on with the streams that were handed over.
	 * @return a Mono that completes when they can, or will not
	 */
	default Mono<Void> handOver() {
		return Mono.empty();
	}

	/**
	 * Counts the streams that are being written, by all processes that share them.
	 * @return how many there are; only those of this process if the others cannot be
	 * asked
	 */
	default Mono<Long> countRunning() {
		return running().count();
	}

	/**
	 * A place for one running stream, taken before anything is stored for it. It is
	 * returned once: at the end of its stream, after an error on opening, or by
	 * {@link #leave}, whichever is first. Only {@link #leave} releases the memory of the
	 * stream, because its writer may hold text longer than the stream runs.
	 *
	 * @param <E> the events
	 */
	interface StreamPlace<E extends StreamEvent> {

		/**
		 * Opens the log of the stream in this place. Call it once.
		 * @param subject the subject of the stream, owned by the visitor that took the
		 * place
		 * @return the new log; an error returns the place
		 */
		Mono<StreamLog<E>> open(StreamSubject subject);

		/**
		 * Opens a log that goes on with the stream of another server. Call it once,
		 * instead of {@link #open}.
		 * @param subject the subject of the stream
		 * @param after the number of the newest event of the other server
		 * @return the new log, which has only later events; an error returns the place
		 */
		Mono<StreamLog<E>> goOn(StreamSubject subject, long after);

		/**
		 * Returns the place and releases the memory, because no stream begins in it or
		 * its writer has finished. Does nothing the second time. Call it for each place.
		 */
		void leave();

	}

}
