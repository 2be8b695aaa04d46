package dev.runnel.stream.redis;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import dev.runnel.limits.SharedRates;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.distributed.AsyncBucketProxy;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.proxy.AsyncProxyManager;
import io.github.bucket4j.distributed.proxy.optimization.Optimizations;
import io.github.bucket4j.redis.lettuce.Bucket4jLettuce;

/**
 * Token buckets in Redis. A bucket expires when it is full again. Calls for one bucket
 * that come while another one is on its way are sent together.
 */
final class RedisRates implements SharedRates {

	/** How much longer than necessary a bucket is kept. */
	private static final Duration SPARE = Duration.ofSeconds(10);

	private final AsyncProxyManager<String> buckets;

	RedisRates(RedisLink redis) {
		this.buckets = Bucket4jLettuce.casBasedBuilder(redis.commands())
			.expirationAfterWrite(ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(SPARE))
			.build()
			.asAsync();
	}

	@Override
	public AsyncBucketProxy bucket(String name, BucketConfiguration limits) {
		return this.buckets.builder()
			.withOptimization(Optimizations.batching())
			.build(Keys.rate(name), () -> CompletableFuture.completedFuture(limits));
	}

}
