package dev.runnel.stream;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * The streams that have ended and can still be read: not longer than the retention, and
 * not more than may run. Age is looked at for all at once, so that a stream needs no
 * timer of its own.
 */
final class EndedStreams {

	private final long retentionMillis;

	private final int most;

	private final Consumer<StreamId> forget;

	/** Oldest first. */
	private final Queue<Ended> streams = new ArrayDeque<>();

	EndedStreams(long retentionMillis, int most, Consumer<StreamId> forget) {
		this.retentionMillis = retentionMillis;
		this.most = most;
		this.forget = forget;
	}

	/**
	 * Keeps a stream, in place of the oldest if there are too many.
	 * @param id the stream
	 * @param now the time, in milliseconds
	 */
	synchronized void add(StreamId id, long now) {
		this.streams.add(new Ended(id, now));
		if (this.streams.size() > this.most) {
			this.forget.accept(this.streams.remove().id());
		}
	}

	/**
	 * Forgets the streams whose time is over.
	 * @param now the time, in milliseconds
	 */
	synchronized void forgetOld(long now) {
		for (Ended oldest = this.streams.peek(); oldest != null
				&& now - oldest.millis() >= this.retentionMillis; oldest = this.streams.peek()) {
			this.streams.remove();
			this.forget.accept(oldest.id());
		}
	}

	private record Ended(StreamId id, long millis) {
	}

}
