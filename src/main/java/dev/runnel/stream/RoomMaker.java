package dev.runnel.stream;

import java.util.Collection;
import java.util.Comparator;

import org.jspecify.annotations.Nullable;

/**
 * Asks the youngest stream to end when memory runs short, so that the others can go on:
 * older streams are more likely to be near their end. It asks one at a time, because the
 * memory of one may be enough.
 *
 * @param <E> the events
 */
final class RoomMaker<E extends StreamEvent> {

	private final Collection<MemoryStreamLog<E>> logs;

	/** The stream that was last asked. */
	private @Nullable MemoryStreamLog<E> givingWay;

	/**
	 * Creates a room maker.
	 * @param logs all streams, as they are at each request
	 */
	RoomMaker(Collection<MemoryStreamLog<E>> logs) {
		this.logs = logs;
	}

	/**
	 * Asks a stream to end, unless the one that was last asked still holds its memory.
	 */
	synchronized void makeRoom() {
		if (isWaiting()) {
			return;
		}
		this.givingWay = youngest();
		if (this.givingWay != null) {
			this.givingWay.giveWay();
		}
	}

	private boolean isWaiting() {
		return this.givingWay != null && this.givingWay.holdsMemory();
	}

	private @Nullable MemoryStreamLog<E> youngest() {
		return this.logs.stream()
			.filter(MemoryStreamLog::canGiveWay)
			.max(Comparator.comparing((log) -> log.status().startedAt()))
			.orElse(null);
	}

}
