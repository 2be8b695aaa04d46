package dev.runnel.stream.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import dev.runnel.stream.LogEntry;
import dev.runnel.stream.StreamLog;
import dev.runnel.stream.StreamState;
import dev.runnel.stream.StreamStatus;
import dev.runnel.stream.StreamSubject;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;

/**
 * Copies one log to Redis. It is a reader of the log, and requests only as many entries
 * as Redis confirms (back-pressure). So a slow Redis costs no memory: the log folds the
 * events that Redis lacks, and the copy gets them merged.
 */
final class LogCopy {

	/** The maximum number of entries that Redis has not confirmed. */
	private static final int AHEAD = 64;

	/**
	 * The maximum size of a batch. A log that is written again as a whole must not delay
	 * the other logs.
	 */
	private static final int BATCH_BYTES = 128 * 1024;

	/** The growth after which a log in Redis is folded. */
	private static final long FOLD_BYTES = 256 * 1024;

	private final StreamLog<?> log;

	private final Consumer<LogCopy> hasMore;

	private final Audience audience = new Audience();

	private List<LogEntry> waiting = new ArrayList<>();

	/** The number of the last entry that was handed over to be written. */
	private long taken;

	private @Nullable StreamState end;

	private @Nullable Feed feed;

	/** The bytes written after the log in Redis was last folded. */
	private long unfoldedBytes;

	/**
	 * Whether a batch is on its way. The next one waits for it, because a batch that
	 * follows a lost one would leave a gap.
	 */
	private boolean writing;

	/**
	 * Creates a copy that does not copy yet.
	 * @param log the log
	 * @param hasMore called when a batch can be taken
	 */
	LogCopy(StreamLog<?> log, Consumer<LogCopy> hasMore) {
		this.log = log;
		this.hasMore = hasMore;
	}

	StreamSubject subject() {
		return this.log.status().subject();
	}

	StreamLog<?> log() {
		return this.log;
	}

	/** The servers that listen. */
	Audience audience() {
		return this.audience;
	}

	/**
	 * Copies what comes after an entry.
	 * @param after the number of the last entry that Redis has
	 */
	void start(long after) {
		pause();
		Feed next = new Feed();
		synchronized (this) {
			this.waiting = new ArrayList<>();
			this.taken = after;
			this.end = null;
			this.writing = false;
			this.feed = next;
		}
		this.audience.arrived();
		this.log.copy(after).subscribe(next);
	}

	/** Copies nothing until {@link #start} is called again. */
	void pause() {
		Feed last;
		synchronized (this) {
			last = this.feed;
			this.feed = null;
			this.waiting = new ArrayList<>();
		}
		if (last != null) {
			last.cancel();
		}
	}

	synchronized boolean isPaused() {
		return this.feed == null;
	}

	/**
	 * Takes the waiting entries.
	 * @return the entries as one batch; null if none wait or a batch is on its way
	 */
	synchronized @Nullable Batch take() {
		if (this.writing || this.waiting.isEmpty()) {
			return null;
		}
		this.writing = true;
		int count = firstEntries();
		boolean all = count == this.waiting.size();
		Batch batch = new Batch(this.taken, List.copyOf(this.waiting.subList(0, count)), all ? this.end : null);
		this.waiting.subList(0, count).clear();
		this.taken = batch.lastId();
		return batch;
	}

	/** Counts the entries that fit into a batch, at least one. */
	private int firstEntries() {
		int bytes = this.waiting.get(0).frame().length;
		int count = 1;
		while (count < this.waiting.size() && bytes + this.waiting.get(count).frame().length <= BATCH_BYTES) {
			bytes += this.waiting.get(count).frame().length;
			count++;
		}
		return count;
	}

	/**
	 * Notes that Redis has a batch.
	 * @param batch the batch
	 */
	void written(Batch batch) {
		Feed current;
		boolean more;
		synchronized (this) {
			this.writing = false;
			this.unfoldedBytes += batch.bytes();
			current = this.feed;
			more = !this.waiting.isEmpty();
		}
		if (current != null) {
			current.request(batch.entries().size());
		}
		if (more) {
			this.hasMore.accept(this);
		}
	}

	/**
	 * Whether other servers are told of a batch at once: while one listens, and of the
	 * end.
	 * @param batch the batch
	 */
	boolean tellsOf(Batch batch) {
		return batch.end() != null || this.audience.mayListen();
	}

	/**
	 * Whether the log in Redis has grown so much that it should be folded. If so, the
	 * growth counts from now. A log without the beginning of its stream cannot replace it
	 * by merged events.
	 */
	synchronized boolean isFoldDue() {
		if (this.unfoldedBytes < FOLD_BYTES || this.log.beginsAfter() > 0) {
			return false;
		}
		this.unfoldedBytes = 0;
		return true;
	}

	/** Whether Redis has all of a log with which another server goes on. */
	synchronized boolean isHandedOver() {
		StreamStatus status = this.log.status();
		return status.state() == StreamState.HANDED_OVER && this.feed != null && !this.writing
				&& this.taken == status.lastEventId();
	}

	private void add(Feed from, LogEntry entry) {
		boolean first;
		synchronized (this) {
			if (this.feed != from) {
				return;
			}
			first = this.waiting.isEmpty();
			this.waiting.add(entry);
			this.end = endAt(entry);
		}
		if (first) {
			this.hasMore.accept(this);
		}
	}

	private @Nullable StreamState endAt(LogEntry entry) {
		StreamStatus status = this.log.status();
		return (status.state().hasEnded() && entry.id() == status.lastEventId()) ? status.state() : null;
	}

	/** The subscription to the log. */
	private final class Feed extends BaseSubscriber<LogEntry> {

		@Override
		protected void hookOnSubscribe(Subscription subscription) {
			request(AHEAD);
		}

		@Override
		protected void hookOnNext(LogEntry entry) {
			add(this, entry);
		}

		@Override
		protected void hookOnError(Throwable ex) {
			pause();
		}

	}

}
