package dev.runnel.stream;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import reactor.core.publisher.Operators;

/**
 * One reader's place in a log, and the demand it has signalled (Reactive Streams, section
 * 3). Entries are handed over by whichever thread brings the news, one at a time.
 */
final class LogReader implements Subscription {

	private final MemoryStreamLog<?> log;

	private final Subscriber<? super LogEntry> subscriber;

	private final AtomicLong demand = new AtomicLong();

	private final AtomicInteger work = new AtomicInteger();

	private volatile boolean done;

	/** Touched only by the thread that drains. */
	private long cursor;

	LogReader(MemoryStreamLog<?> log, Subscriber<? super LogEntry> subscriber, long after) {
		this.log = log;
		this.subscriber = subscriber;
		this.cursor = after;
	}

	@Override
	public void request(long n) {
		if (n > 0) {
			this.demand.accumulateAndGet(n, Operators::addCap);
			drain();
		}
	}

	@Override
	public void cancel() {
		finish();
	}

	/**
	 * Hands over what is there and wanted. Any thread may call it, also while it runs.
	 */
	void drain() {
		if (this.work.getAndIncrement() == 0) {
			deliverOrFail();
		}
	}

	/** A reader that fails disturbs neither the writer nor another reader. */
	private void deliverOrFail() {
		try {
			deliverAll();
		}
		catch (RuntimeException ex) {
			fail(ex);
		}
	}

	private void deliverAll() {
		int seen;
		do {
			seen = this.work.get();
			deliverRecent();
			if (isBehind()) {
				// The work counts as begun until it goes on there.
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
	 * Encodes one slice of what the reader lacks. Neither the writer nor an event loop
	 * does that, and slices of many readers take turns.
	 */
	private void catchUp() {
		if (!this.done) {
			try {
				deliver(this.log.folded(this.cursor));
				consumed(1);
			}
			catch (RuntimeException ex) {
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

	private void fail(RuntimeException ex) {
		if (finish()) {
			this.subscriber.onError(ex);
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
