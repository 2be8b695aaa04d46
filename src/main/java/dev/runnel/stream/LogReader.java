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
		if (this.work.getAndIncrement() != 0) {
			return;
		}
		int seen = 1;
		do {
			deliver();
			seen = this.work.addAndGet(-seen);
		}
		while (seen != 0);
	}

	private void deliver() {
		long wanted = this.demand.get();
		long sent = 0;
		while (!this.done) {
			LogEntry entry = (sent < wanted) ? this.log.next(this.cursor) : null;
			if (entry == null) {
				completeIfExhausted();
				break;
			}
			this.cursor = entry.id();
			sent++;
			this.subscriber.onNext(entry);
		}
		if (wanted != Long.MAX_VALUE) {
			this.demand.addAndGet(-sent);
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
