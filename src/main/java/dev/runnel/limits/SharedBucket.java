package dev.runnel.limits;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import dev.runnel.web.RequestLoops;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.distributed.AsyncBucketProxy;
import reactor.core.publisher.Mono;

/**
 * A bucket of several servers. While their counts cannot be reached, a bucket of this
 * server stands in.
 *
 * @param shared the bucket of all servers
 * @param own the bucket of this server
 * @param outage whether the shared buckets cannot be reached
 * @param loops return a request to its event loop
 */
record SharedBucket(AsyncBucketProxy shared, RateBucket own, Outage outage, RequestLoops loops) implements RateBucket {

	/** The longest time that a request waits for the shared count. */
	private static final Duration MAX_WAIT = Duration.ofMillis(500);

	@Override
	public Mono<ConsumptionProbe> take(long tokens) {
		return Mono.defer(() -> this.outage.lasts() ? this.own.take(tokens)
				: Mono.fromFuture(() -> this.shared.tryConsumeAndReturnRemaining(tokens), true)
					.timeout(MAX_WAIT)
					.doOnNext((probe) -> this.outage.ended())
					.onErrorResume((ex) -> this.own.take(tokens).doFirst(() -> this.outage.began(ex)))
					.publishOn(this.loops.current()));
	}

	@Override
	public void correct(long more) {
		if (more == 0) {
			return;
		}
		if (this.outage.lasts()) {
			this.own.correct(more);
		}
		else {
			corrected(more).whenComplete((done, ex) -> {
				if (ex != null) {
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
