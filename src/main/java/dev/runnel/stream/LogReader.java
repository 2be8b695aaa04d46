package dev.runnel.stream;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import reactor.core.publisher.Operators;

/**
 * One reader's position in a log, and its demand (Reactive Streams, section 3). Entries
 * are delivered one at a time, by the thread that appended or requested them.
 */
final class LogReader implements Subscription {

	private final MemoryStreamLog<?> log;

	private final Subscriber<? super LogEntry> subscriber;

	private final AtomicLong demand = new AtomicLong();

	private final AtomicInteger work = new AtomicInteger();

	private final boolean counted;

	private volatile boolean done;

	/** Used only by the thread that drains. */
	private long cursor;

	/**
	 * Creates a reader.
	 * @param log the log
	 * @param subscriber gets the entries
	 * @param after the number of the last entry that the reader has
	 * @param counted whether the stream goes on because of this reader
	 */
	LogReader(MemoryStreamLog<?> log, Subscriber<? super LogEntry> subscriber, long after, boolean counted) {
		this.log = log;
		this.subscriber = subscriber;
		this.cursor = after;
		this.counted = counted;
	}

	boolean isCounted() {
		return this.counted;
	}

	@Override
	public void request(long n) {
		if (Operators.validate(n)) {
			this.demand.accumulateAndGet(n, Operators::addCap);
			drain();
		}
	}

	@Override
	public void cancel() {
		finish();
	}

	/**
	 * Delivers the entries that are available and requested. Any thread may call it, also
	 * while it runs.
	 */
	void drain() {
		if (this.work.getAndIncrement() == 0) {
			deliverOrFail();
		}
	}

	/**
	 * Delivers entries. A reader that fails affects neither the writer nor other readers.
	 */
	private void deliverOrFail() {
		try {
			deliverAll();
		}
		catch (RuntimeException | VirtualMachineError | LinkageError ex) {
			fail(ex);
		}
	}

	private void deliverAll() {
		int seen;
		do {
			seen = this.work.get();
			deliverRecent();
			if (isBehind()) {
				// The work counter stays above zero until the other thread continues.
				this.log.execute(this::catchUp);
				return;
			}
			completeIfExhausted();
		}
		while (this.work.addAndGet(-seen) != 0);
	}

	private void deliverRecent() {
		long wanted = this.demand.get();
		long sent = 0;
		while (!this.done && sent < wanted) {
			LogEntry entry = this.log.recent(this.cursor);
			if (entry == null) {
				break;
			}
			deliver(entry);
			sent++;
		}
		consumed(sent);
	}

	private boolean isBehind() {
		return !this.done && this.demand.get() > 0 && this.log.hasFolded(this.cursor);
	}

	/**
	 * Encodes one slice of what the reader lacks. It runs on neither the writer's thread
	 * nor an event loop, and the slices of many readers alternate.
	 */
	private void catchUp() {
		if (!this.done) {
			try {
				deliver(this.log.folded(this.cursor));
				consumed(1);
			}
			catch (RuntimeException | VirtualMachineError | LinkageError ex) {
				fail(ex);
			}
		}
		deliverOrFail();
	}

	private void deliver(LogEntry entry) {
		this.cursor = entry.id();
		this.subscriber.onNext(entry);
	}

	private void consumed(long entries) {
		if (entries > 0) {
			this.demand.updateAndGet((wanted) -> (wanted != Long.MAX_VALUE) ? wanted - entries : wanted);
		}
	}

	/**
	 * Ends the reader. Reactor does not handle errors of the virtual machine, so they
	 * become exceptions.
	 */
	private void fail(Throwable ex) {
		if (finish()) {
			this.subscriber.onError((ex instanceof RuntimeException) ? ex
					: new IllegalStateException("events could not be encoded for a reader", ex));
		}
	}

	private void completeIfExhausted() {
		if (this.log.exhausted(this.cursor) && finish()) {
			this.subscriber.onComplete();
		}
	}

	private boolean finish() {
		if (this.done) {
			return false;
		}
		this.done = true;
		this.log.detach(this);
		return true;
	}

}
