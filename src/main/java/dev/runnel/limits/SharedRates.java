package dev.runnel.limits;

import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.distributed.AsyncBucketProxy;

/**
 * Token buckets that several servers share.
 */
public interface SharedRates {

	/**
	 * Returns a bucket, which begins full.
	 * @param name its name, the same on all servers; buckets with different limits have
	 * different names
	 * @param limits how much it holds, and how it is filled again
	 * @return the bucket; its calls fail if the other servers' counts cannot be reached
	 */
	AsyncBucketProxy bucket(String name, BucketConfiguration limits);

}
