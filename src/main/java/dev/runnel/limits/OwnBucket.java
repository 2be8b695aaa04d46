package dev.runnel.limits;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import reactor.core.publisher.Mono;

/**
 * A bucket in the memory of this server.
 */
record OwnBucket(Bucket bucket) implements RateBucket {

	@Override
	public Mono<ConsumptionProbe> take(long tokens) {
		return Mono.fromSupplier(() -> this.bucket.tryConsumeAndReturnRemaining(tokens));
	}

	@Override
	public void correct(long more) {
		if (more > 0) {
			this.bucket.consumeIgnoringRateLimits(more);
		}
		else if (more < 0) {
			this.bucket.addTokens(-more);
		}
	}

}
