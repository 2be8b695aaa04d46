package dev.runnel.stream;

import java.util.concurrent.atomic.AtomicBoolean;

import dev.runnel.memory.MemoryReservation;
import dev.runnel.stream.StreamStore.StreamPlace;
import reactor.core.publisher.Mono;

/**
 * A counted place for a stream, and its memory.
 *
 * @param <E> the events
 */
final class MemoryStreamPlace<E extends StreamEvent> implements StreamPlace<E> {

	private final MemoryReservation memory;

	private final Runnable left;

	private final Opener<E> opener;

	private final AtomicBoolean taken = new AtomicBoolean(true);

	/**
	 * Creates a place that is taken.
	 * @param memory the memory of the stream
	 * @param left called once when another stream may begin
	 * @param opener opens the log
	 */
	MemoryStreamPlace(MemoryReservation memory, Runnable left, Opener<E> opener) {
		this.memory = memory;
		this.left = left;
		this.opener = opener;
	}

	@Override
	public Mono<StreamLog<E>> open(StreamSubject subject) {
		return goOn(subject, 0);
	}

	@Override
	public Mono<StreamLog<E>> goOn(StreamSubject subject, long after) {
		return this.opener.open(this, subject, after).doOnError((ex) -> leave());
	}

	@Override
	public void leave() {
		streamEnded();
		this.memory.close();
	}

	/**
	 * Another stream may begin now, although the writer of this one may still be working.
	 */
	void streamEnded() {
		if (this.taken.compareAndSet(true, false)) {
			this.left.run();
		}
	}

	MemoryReservation memory() {
		return this.memory;
	}

	/**
	 * Opens logs.
	 *
	 * @param <E> the events
	 */
	@FunctionalInterface
	interface Opener<E extends StreamEvent> {

		/**
		 * Opens a log.
		 * @param place its place
		 * @param subject the subject of its stream
		 * @param after the number of the event before its first one
		 * @return the new log
		 */
		Mono<StreamLog<E>> open(MemoryStreamPlace<E> place, StreamSubject subject, long after);

	}

}
