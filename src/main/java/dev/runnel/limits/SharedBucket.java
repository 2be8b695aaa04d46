package dev.runnel.limits;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

import io.github.bucket4j.distributed.AsyncBucketProxy;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * A bucket of several servers. While their counts cannot be reached, a bucket of this
 * server stands in. Tokens are corrected in the bucket that they were taken from.
 */
final class SharedBucket implements RateBucket {

	/** The longest time that a request waits for the shared count. */
	private static final Duration MAX_WAIT = Duration.ofMillis(500);

	private final AsyncBucketProxy shared;

	private final RateBucket own;

	private final Outage outage;

	private final Supplier<Scheduler> loop;

	/** The corrections that the shared bucket lacks. */
	private final AtomicLong lacking = new AtomicLong();

	/**
	 * Creates a bucket.
	 * @param shared the bucket of all servers
	 * @param own the bucket of this server
	 * @param outage whether the shared buckets cannot be reached
	 * @param loop the event loop of the current request, to which it returns
	 */
	SharedBucket(AsyncBucketProxy shared, RateBucket own, Outage outage, Supplier<Scheduler> loop) {
		this.shared = shared;
		this.own = own;
		this.outage = outage;
		this.loop = loop;
	}

	@Override
	public Mono<Taken> take(long tokens) {
		return Mono.defer(() -> this.outage.lasts() ? this.own.take(tokens)
				: Mono.fromFuture(() -> this.shared.tryConsumeAndReturnRemaining(tokens), true)
					.timeout(MAX_WAIT)
					.map((probe) -> new Taken(probe, this::correct))
					.doOnNext((taken) -> reached())
					.onErrorResume((ex) -> this.own.take(tokens).doFirst(() -> this.outage.began(ex)))
					.publishOn(this.loop.get()));
	}

	private void reached() {
		this.outage.ended();
		correctNow();
	}

	/** A correction during an outage is made after it. */
	private void correct(long more) {
		this.lacking.addAndGet(more);
		if (more != 0 && !this.outage.lasts()) {
			correctNow();
		}
	}

	private void correctNow() {
		long more = this.lacking.getAndSet(0);
		if (more != 0) {
			corrected(more).whenComplete((done, ex) -> {
				if (ex != null) {
					this.lacking.addAndGet(more);
					this.outage.began(ex);
				}
				else {
					this.outage.ended();
				}
			});
		}
	}

	private CompletableFuture<?> corrected(long more) {
		return (more > 0) ? this.shared.consumeIgnoringRateLimits(more) : this.shared.addTokens(-more);
	}

}
