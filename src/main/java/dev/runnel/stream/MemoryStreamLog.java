package dev.runnel.stream;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import dev.runnel.memory.MemoryReservation;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * A log in the memory of one process.
 * <p>
 * The newest entries are kept encoded, at most {@value LogTail#MAX_BYTES} bytes of them;
 * older entries go to the {@link EventFold}. A reader holds only the number of its last
 * entry, so a stalled reader keeps no memory alive: it gets the folded entries when it
 * reads again.
 *
 * @param <E> the events
 */
final class MemoryStreamLog<E extends StreamEvent> implements StreamLog<E> {

	/**
	 * The heap of a running stream for each byte of its log: its writer also holds the
	 * text and the HTML. Measured.
	 */
	private static final int RUNNING_FACTOR = 4;

	/** Memory is reserved in steps of this size, so that most events reserve none. */
	private static final int MEMORY_STEP = 64 * 1024;

	/** How often a writer that waits for memory checks again. */
	private static final Duration MEMORY_POLL = Duration.ofMillis(50);

	/** The heap of an empty log, in bytes. */
	private static final int EMPTY_BYTES = 2 * 1024;

	private final StreamSubject subject;

	private final EventFold<E> fold;

	private final ReaderWatch watch;

	private final Scheduler scheduler;

	private final Clock clock;

	private final MemoryReservation memory;

	private final Runnable closed;

	private final Runnable makeRoom;

	private final long beginsAfter;

	private final Instant startedAt;

	private final Sinks.One<EndRequest> endRequest = Sinks.one();

	private final LogReaders readers;

	private final Object lock = new Object();

	/** The newest entries. Guarded by the lock. */
	private final LogTail<E> tail;

	private volatile long lastId;

	private volatile long lastActivity;

	private volatile StreamState state = StreamState.RUNNING;

	/** Whether there was no memory for the newest event. */
	private volatile boolean lacksMemory;

	private volatile boolean gaveWay;

	MemoryStreamLog(StreamSubject subject, EventFold<E> fold, Duration grace, Scheduler scheduler, Clock clock,
			MemoryReservation memory, Runnable closed, Runnable makeRoom, long beginsAfter) {
		this.subject = subject;
		this.fold = fold;
		this.tail = new LogTail<>(fold, beginsAfter);
		this.beginsAfter = beginsAfter;
		this.lastId = beginsAfter;
		this.scheduler = scheduler;
		this.clock = clock;
		this.memory = memory;
		this.closed = closed;
		this.makeRoom = makeRoom;
		this.startedAt = clock.instant();
		this.lastActivity = clock.millis();
		this.watch = new ReaderWatch(grace, scheduler, clock::millis, () -> end(EndRequest.ABANDONED));
		this.readers = new LogReaders(this.watch);
		this.watch.begun();
	}

	@Override
	public StreamStatus status() {
		return new StreamStatus(this.subject, this.state, this.lastId, this.startedAt);
	}

	@Override
	public long beginsAfter() {
		return this.beginsAfter;
	}

	@Override
	public void append(E event) {
		if (event.terminal()) {
			throw new IllegalArgumentException("a terminal event closes the log");
		}
		add(event, StreamState.RUNNING);
		this.lacksMemory = !takeMemory();
	}

	/**
	 * Reserves the memory that the newest events need.
	 * @return false if there is none
	 */
	private boolean takeMemory() {
		long more = heapBytes() * RUNNING_FACTOR - this.memory.bytes();
		return more <= 0 || this.memory.tryGrow(more + MEMORY_STEP);
	}

	@Override
	public boolean hasRoom() {
		return !this.lacksMemory;
	}

	@Override
	public Mono<Void> awaitRoom() {
		return Flux.interval(MEMORY_POLL, this.scheduler)
			.onBackpressureDrop()
			.takeUntil((tick) -> findRoom())
			.takeUntilOther(this.endRequest.asMono())
			.then();
	}

	private boolean findRoom() {
		this.lacksMemory = !takeMemory();
		if (this.lacksMemory && running()) {
			this.makeRoom.run();
		}
		return !this.lacksMemory;
	}

	/** Asks the writer to end the answer now, so that other streams get its memory. */
	void giveWay() {
		this.gaveWay = true;
		end(EndRequest.NO_MEMORY);
	}

	/**
	 * Whether this stream can still be asked to give way.
	 * @return false if it has ended or was already asked
	 */
	boolean canGiveWay() {
		return running() && !this.gaveWay;
	}

	/**
	 * Whether the writer still holds memory.
	 * @return false when the writer has finished
	 */
	boolean holdsMemory() {
		return this.memory.bytes() > 0;
	}

	/**
	 * The heap that the log takes. Only its writer may call this, while it writes.
	 * @return estimated bytes
	 */
	long heapBytes() {
		return EMPTY_BYTES + this.tail.bytes() * 2L + this.fold.heapBytes();
	}

	@Override
	public void close(E event, StreamState end) {
		if (!event.terminal()) {
			throw new IllegalArgumentException("only a terminal event closes the log");
		}
		// Stops the watch first: readers leave after the terminal event, and that must
		// not count as abandoned.
		this.watch.ended();
		add(event, end);
		this.endRequest.tryEmitEmpty();
		this.closed.run();
	}

	@Override
	public void handOver() {
		this.watch.ended();
		synchronized (this.lock) {
			checkOpen();
			this.state = StreamState.HANDED_OVER;
			this.tail.settle(false);
		}
		this.readers.drain();
		this.endRequest.tryEmitEmpty();
		this.closed.run();
	}

	private void checkOpen() {
		if (this.state != StreamState.RUNNING) {
			throw new IllegalStateException("the log is closed");
		}
	}

	private void add(E event, StreamState next) {
		// There is only one writer, so no other thread can take this number, and the
		// encoding needs no lock.
		LogEntry entry = new LogEntry(this.lastId + 1, event);
		synchronized (this.lock) {
			checkOpen();
			this.tail.add(entry, event);
			this.lastId = entry.id();
			this.state = next;
			this.tail.settle(next == StreamState.RUNNING);
		}
		this.lastActivity = this.clock.millis();
		this.readers.drain();
	}

	@Override
	public long backlogBytes(long after) {
		synchronized (this.lock) {
			return hasFolded(after) ? this.fold.heapBytes() : 0;
		}
	}

	/**
	 * How long the writer has been silent.
	 * @return milliseconds; 0 for a closed log
	 */
	long silentMillis() {
		return (this.state == StreamState.RUNNING) ? this.clock.millis() - this.lastActivity : 0;
	}

	boolean running() {
		return this.state == StreamState.RUNNING;
	}

	@Override
	public Flux<LogEntry> read(long after) {
		return entries(after, true);
	}

	@Override
	public Flux<LogEntry> copy(long after) {
		return entries(after, false);
	}

	private Flux<LogEntry> entries(long after, boolean counted) {
		return Flux.from((subscriber) -> {
			LogReader reader = new LogReader(this, subscriber, place(after), counted);
			this.readers.attach(reader);
			subscriber.onSubscribe(reader);
			reader.drain();
		});
	}

	/**
	 * The start position of a reader. A number beyond the newest event of a running log
	 * counts as the newest event.
	 */
	private long place(long after) {
		synchronized (this.lock) {
			return running() ? Math.min(after, this.lastId) : after;
		}
	}

	/**
	 * The next entry for a reader, if it is still kept encoded.
	 * @param after the number of the last entry that the reader has
	 * @return the entry; null if the reader has all entries or lacks folded ones
	 */
	@Nullable LogEntry recent(long after) {
		synchronized (this.lock) {
			if (after > this.lastId && this.state.hasEnded()) {
				// The number is beyond the end, so the reader gets only the terminal
				// entry.
				return this.tail.last();
			}
			return this.tail.after(after);
		}
	}

	/**
	 * Whether a reader lacks folded events.
	 * @param after the number of the last entry that the reader has
	 * @return true if it does; {@link #folded} then returns the next slice
	 */
	boolean hasFolded(long after) {
		return after < this.tail.foldedTo();
	}

	/**
	 * The next slice of the folded events. It is copied under the lock and encoded
	 * outside, so that the writer never waits for the encoding.
	 * @param after the number of the last entry that the reader has
	 * @return a new entry
	 */
	LogEntry folded(long after) {
		EventFold.Merged<E> merged;
		synchronized (this.lock) {
			merged = this.fold.next(after);
		}
		return new LogEntry(merged.lastId(), merged.event());
	}

	/** Runs a task that is too long for the current thread. */
	void execute(Runnable task) {
		this.scheduler.schedule(task);
	}

	/**
	 * Whether a reader has everything.
	 * @param after the number of the last entry that the reader has
	 * @return true if the log is closed and the reader has its last entry
	 */
	boolean exhausted(long after) {
		return !running() && after >= this.lastId;
	}

	/**
	 * The size of the entries that are kept encoded.
	 * @return bytes; at most {@link LogTail#MAX_BYTES}, unless a single entry is larger
	 * or the log is closed
	 */
	int keptBytes() {
		synchronized (this.lock) {
			return this.tail.bytes();
		}
	}

	/**
	 * The number of current readers.
	 */
	int readers() {
		return this.readers.count();
	}

	void detach(LogReader reader) {
		this.readers.detach(reader);
	}

	/**
	 * Does something when no reader is left.
	 * @param task the task; it may run more than once
	 */
	void whenUnread(Runnable task) {
		this.readers.whenNone(task);
	}

	@Override
	public Mono<Void> requestEnd(EndRequest request) {
		return Mono.fromRunnable(() -> end(request));
	}

	void end(EndRequest request) {
		this.endRequest.tryEmitValue(request);
	}

	@Override
	public void endUnread() {
		this.watch.dropGrace();
	}

	@Override
	public Mono<EndRequest> endRequested() {
		return this.endRequest.asMono();
	}

}
