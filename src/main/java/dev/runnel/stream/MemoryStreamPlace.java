package dev.runnel.stream;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;

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

	private final BiFunction<MemoryStreamPlace<E>, StreamSubject, Mono<StreamLog<E>>> opener;

	private final AtomicBoolean taken = new AtomicBoolean(true);

	/**
	 * Creates a place that is taken.
	 * @param memory the memory of the stream
	 * @param left called once when another stream may begin
	 * @param opener opens the log
	 */
	MemoryStreamPlace(MemoryReservation memory, Runnable left,
			BiFunction<MemoryStreamPlace<E>, StreamSubject, Mono<StreamLog<E>>> opener) {
		this.memory = memory;
		this.left = left;
		this.opener = opener;
	}

	@Override
	public Mono<StreamLog<E>> open(StreamSubject subject) {
		return this.opener.apply(this, subject).doOnError((ex) -> leave());
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

}
