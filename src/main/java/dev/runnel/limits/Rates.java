package dev.runnel.limits;

import dev.runnel.web.RequestLoops;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.local.LocalBucketBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Creates token buckets: of all servers if they share any, else of this server.
 */
final class Rates {

	private final TimeMeter clock;

	private final RequestLoops loops;

	/** Null if this server counts by itself. */
	private final @Nullable SharedRates shared;

	private final Outage outage = new Outage();

	/**
	 * Creates the source of buckets.
	 * @param clock the clock of the buckets of this server
	 * @param loops return a request to its event loop
	 * @param shared the buckets of all servers; null if there are none
	 */
	Rates(TimeMeter clock, RequestLoops loops, @Nullable SharedRates shared) {
		this.clock = clock;
		this.loops = loops;
		this.shared = shared;
	}

	/**
	 * Creates a bucket, or finds it if another server has created it.
	 * @param name its name; buckets with different limits have different names
	 * @param limits how much it holds, and how it is filled again
	 * @return the bucket; keep it while it is in use
	 */
	RateBucket bucket(String name, BucketConfiguration limits) {
		RateBucket own = new OwnBucket(own(limits));
		return (this.shared != null)
				? new SharedBucket(this.shared.bucket(name, limits), own, this.outage, this.loops::current) : own;
	}

	private Bucket own(BucketConfiguration limits) {
		LocalBucketBuilder builder = Bucket.builder().withCustomTimePrecision(this.clock);
		for (Bandwidth limit : limits.getBandwidths()) {
			builder.addLimit(limit);
		}
		return builder.build();
	}

}
