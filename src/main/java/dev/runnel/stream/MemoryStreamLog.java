package dev.runnel.stream;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.runnel.memory.MemoryReservation;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * A log in the memory of one process.
 * <p>
 * The newest entries are kept as they were encoded, at most {@value #TAIL_BYTES} bytes of
 * them; older ones are handed to the {@link EventFold}. A reader holds nothing but the
 * number of its last entry, so one that stalls keeps nothing alive: it gets the folded
 * entries when it reads again.
 *
 * @param <E> the events
 */
final class MemoryStreamLog<E extends StreamEvent> implements StreamLog<E> {

	/**
	 * Enough for a live reader that is a few reads behind to get each event as it was.
	 * Not more: an event in the tail takes more than twice its bytes of heap, and what
	 * lives for a while is what the garbage collector has to copy.
	 */
	static final int TAIL_BYTES = 4 * 1024;

	/**
	 * How much heap a stream takes while it runs, for each byte that its log takes: its
	 * writer holds the text and the HTML as well. Measured.
	 */
	private static final int RUNNING_FACTOR = 4;

	/** Memory is taken in steps, so that most events take none. */
	private static final int MEMORY_STEP = 64 * 1024;

	/** How often a writer that waits for memory looks for some. */
	private static final Duration ROOM_LOOK = Duration.ofMillis(50);

	/** What a log takes without any event. */
	private static final int EMPTY_BYTES = 2 * 1024;

	private final StreamSubject subject;

	private final EventFold<E> fold;

	private final ReaderWatch watch;

	private final Scheduler scheduler;

	private final Clock clock;

	private final MemoryReservation memory;

	private final Runnable closed;

	private final Runnable makeRoom;

	private final Instant startedAt;

	private final Sinks.One<EndRequest> endRequest = Sinks.one();

	private final List<LogReader> readers = new CopyOnWriteArrayList<>();

	private final Object lock = new Object();

	/** The entries after {@link #foldedTo}, in order; guarded by the lock. */
	private final List<Kept<E>> tail = new ArrayList<>();

	private int tailBytes;

	private volatile long foldedTo;

	private volatile long lastId;

	private volatile long lastSign;

	private volatile StreamState state = StreamState.RUNNING;

	/** Whether there was no room for the newest event. */
	private volatile boolean crowded;

	private volatile boolean gaveWay;

	MemoryStreamLog(StreamSubject subject, EventFold<E> fold, Duration grace, Scheduler scheduler, Clock clock,
			MemoryReservation memory, Runnable closed, Runnable makeRoom) {
		this.subject = subject;
		this.fold = fold;
		this.scheduler = scheduler;
		this.clock = clock;
		this.memory = memory;
		this.closed = closed;
		this.makeRoom = makeRoom;
		this.startedAt = clock.instant();
		this.lastSign = clock.millis();
		this.watch = new ReaderWatch(grace, scheduler, clock::millis, () -> end(EndRequest.ABANDONED));
		this.watch.begun();
	}

	@Override
	public StreamStatus status() {
		return new StreamStatus(this.subject, this.state, this.lastId, this.startedAt);
	}

	@Override
	public void append(E event) {
		if (event.terminal()) {
			throw new IllegalArgumentException("a terminal event closes the log");
		}
		add(event, StreamState.RUNNING);
		this.crowded = !takeMemory();
	}

	/**
	 * Takes what the newest events need.
	 * @return false if there is no room
	 */
	private boolean takeMemory() {
		long more = heapBytes() * RUNNING_FACTOR - this.memory.bytes();
		return more <= 0 || this.memory.tryGrow(more + MEMORY_STEP);
	}

	@Override
	public boolean hasRoom() {
		return !this.crowded;
	}

	@Override
	public Mono<Void> awaitRoom() {
		return Flux.interval(ROOM_LOOK, this.scheduler)
			.onBackpressureDrop()
			.takeUntil((tick) -> findRoom())
			.takeUntilOther(this.endRequest.asMono())
			.then();
	}

	private boolean findRoom() {
		this.crowded = !takeMemory();
		if (this.crowded) {
			this.makeRoom.run();
		}
		return !this.crowded;
	}

	/** Ends with what it has, so that others have room. */
	void giveWay() {
		this.gaveWay = true;
		end(EndRequest.NO_ROOM);
	}

	/**
	 * Whether it could give way.
	 * @return false if it has ended or was asked to
	 */
	boolean canGiveWay() {
		return running() && !this.gaveWay;
	}

	/**
	 * Whether its writer has yet to give its memory back.
	 * @return false when the writer is done
	 */
	boolean holdsMemory() {
		return this.memory.bytes() > 0;
	}

	/**
	 * How much heap the log takes. For its writer only, while it writes.
	 * @return bytes, estimated
	 */
	long heapBytes() {
		return EMPTY_BYTES + this.tailBytes * 2L + this.fold.heapBytes();
	}

	@Override
	public void close(E event, StreamState end) {
		if (!event.terminal()) {
			throw new IllegalArgumentException("only a terminal event closes the log");
		}
		// Readers leave as they get the end, which is no reason to ask for one.
		this.watch.ended();
		add(event, end);
		this.endRequest.tryEmitEmpty();
		this.closed.run();
	}

	private void add(E event, StreamState next) {
		// One writer: the number cannot be taken by another, so the encoding needs no
		// lock.
		LogEntry entry = new LogEntry(this.lastId + 1, event);
		synchronized (this.lock) {
			if (this.state != StreamState.RUNNING) {
				throw new IllegalStateException("the log is closed");
			}
			this.tail.add(new Kept<>(entry, event));
			this.tailBytes += entry.frame().length;
			this.lastId = entry.id();
			this.state = next;
			if (next == StreamState.RUNNING) {
				foldOld();
			}
		}
		this.lastSign = this.clock.millis();
		for (LogReader reader : this.readers) {
			reader.drain();
		}
	}

	/**
	 * Folds half of a tail that is too long, so that the cost per event stays constant.
	 */
	private void foldOld() {
		if (this.tailBytes <= TAIL_BYTES) {
			return;
		}
		int folded = 0;
		try {
			while (this.tailBytes > TAIL_BYTES / 2 && folded < this.tail.size() - 1) {
				Kept<E> oldest = this.tail.get(folded);
				this.fold.add(oldest.entry.id(), oldest.event);
				folded++;
				this.foldedTo = oldest.entry.id();
				this.tailBytes -= oldest.entry.frame().length;
			}
		}
		finally {
			// A fold that fails leaves each entry in one place.
			this.tail.subList(0, folded).clear();
		}
	}

	/**
	 * For how long the writer has given no sign of life.
	 * @return milliseconds; 0 for a log that is closed
	 */
	long silentMillis() {
		return (this.state == StreamState.RUNNING) ? this.clock.millis() - this.lastSign : 0;
	}

	boolean running() {
		return this.state == StreamState.RUNNING;
	}

	@Override
	public Flux<LogEntry> read(long after) {
		return Flux.from((subscriber) -> {
			LogReader reader = new LogReader(this, subscriber, place(after));
			this.readers.add(reader);
			this.watch.attached();
			subscriber.onSubscribe(reader);
			reader.drain();
		});
	}

	/** A reader that claims to have what is still to come has what there is. */
	private long place(long after) {
		synchronized (this.lock) {
			return running() ? Math.min(after, this.lastId) : after;
		}
	}

	/**
	 * The entry that a reader needs next, if it is among those kept encoded.
	 * @param after the number of the last entry that it has
	 * @return the entry; null if the reader has all there is, or lacks what is folded
	 */
	@Nullable LogEntry recent(long after) {
		synchronized (this.lock) {
			if (after > this.lastId && !running()) {
				// The reader claims what never was; it is told the end, which is true.
				return this.tail.get(this.tail.size() - 1).entry;
			}
			int index = (int) (after - this.foldedTo);
			return (index >= 0 && index < this.tail.size()) ? this.tail.get(index).entry : null;
		}
	}

	/**
	 * Whether a reader lacks folded events.
	 * @param after the number of the last entry that it has
	 * @return true if it does; then {@link #folded} has the next
	 */
	boolean hasFolded(long after) {
		return after < this.foldedTo;
	}

	/**
	 * The next slice of the folded events. Takes a copy under the lock and encodes it
	 * outside, so that the writer never waits for a reader.
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

	/** Runs what takes longer than a reader's thread has time for. */
	void execute(Runnable task) {
		this.scheduler.schedule(task);
	}

	/**
	 * Whether there is nothing more to come for a reader.
	 * @param after the number of the last entry that it has
	 * @return true if the log is closed and the reader has its end
	 */
	boolean exhausted(long after) {
		return !running() && after >= this.lastId;
	}

	/**
	 * How many bytes of encoded entries are kept.
	 * @return bytes, at most {@link #TAIL_BYTES} unless a single entry is larger
	 */
	int keptBytes() {
		synchronized (this.lock) {
			return this.tailBytes;
		}
	}

	/**
	 * How many read now.
	 * @return the number of readers
	 */
	int readers() {
		return this.readers.size();
	}

	void detach(LogReader reader) {
		if (this.readers.remove(reader)) {
			this.watch.detached();
		}
	}

	@Override
	public Mono<Void> requestEnd(EndRequest request) {
		return Mono.fromRunnable(() -> end(request));
	}

	void end(EndRequest request) {
		this.endRequest.tryEmitValue(request);
	}

	@Override
	public Mono<EndRequest> endRequested() {
		return this.endRequest.asMono();
	}

	private record Kept<E>(LogEntry entry, E event) {
	}

}
