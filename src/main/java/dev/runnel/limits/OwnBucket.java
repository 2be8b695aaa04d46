package dev.runnel.limits;

import io.github.bucket4j.Bucket;
import reactor.core.publisher.Mono;

/**
 * A bucket in the memory of this server.
 */
record OwnBucket(Bucket bucket) implements RateBucket {

	@Override
	public Mono<Taken> take(long tokens) {
		return Mono.fromSupplier(() -> new Taken(this.bucket.tryConsumeAndReturnRemaining(tokens), this::correct));
	}

	private void correct(long more) {
		if (more > 0) {
			this.bucket.consumeIgnoringRateLimits(more);
		}
		else if (more < 0) {
			this.bucket.addTokens(-more);
		}
	}

}
