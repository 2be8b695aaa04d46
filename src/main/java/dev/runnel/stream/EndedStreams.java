package dev.runnel.stream;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Queue;
import java.util.function.Consumer;

import dev.runnel.memory.MemoryReservation;

/**
 * The ended streams that can still be read. A stream is forgotten after the retention
 * time, if there are too many, or if memory is needed. One timer checks the age of all
 * streams, so no stream has its own timer.
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
	 * Adds a stream that has ended, and forgets the oldest one if there are too many.
	 * @param id the stream
	 * @param now the time, in milliseconds
	 * @param log the stream
	 * @param memory the memory of the stream, released when the stream is forgotten and
	 * its last reader has left
	 */
	synchronized void add(StreamId id, long now, MemoryStreamLog<?> log, MemoryReservation memory) {
		this.streams.add(new Ended(id, now, log, memory));
		if (this.streams.size() > this.most) {
			forget(this.streams.remove());
		}
	}

	/**
	 * Forgets the streams whose retention time is over.
	 * @param now the time, in milliseconds
	 */
	synchronized void forgetOld(long now) {
		for (Ended oldest = this.streams.peek(); oldest != null
				&& now - oldest.millis() >= this.retentionMillis; oldest = this.streams.peek()) {
			forget(this.streams.remove());
		}
	}

	/**
	 * Forgets the stream that ended first, of those without readers: a reader keeps its
	 * stream in memory.
	 * @return false if there is none
	 */
	synchronized boolean makeRoom() {
		for (Iterator<Ended> oldest = this.streams.iterator(); oldest.hasNext();) {
			Ended stream = oldest.next();
			if (stream.log().readers() == 0) {
				oldest.remove();
				forget(stream);
				return true;
			}
		}
		return false;
	}

	private void forget(Ended stream) {
		this.forget.accept(stream.id());
		stream.log().whenUnread(stream.memory()::close);
	}

	private record Ended(StreamId id, long millis, MemoryStreamLog<?> log, MemoryReservation memory) {
	}

}
