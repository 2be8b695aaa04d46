package dev.runnel.limits;

import java.util.function.LongConsumer;

import io.github.bucket4j.ConsumptionProbe;
import reactor.core.publisher.Mono;

/**
 * A token bucket, of this server alone or of several servers.
 */
interface RateBucket {

	/**
	 * Takes tokens, if the bucket has so many.
	 * @param tokens how many
	 * @return whether it had them, and if not, how long it lacks them
	 */
	Mono<Taken> take(long tokens);

	/**
	 * What was taken.
	 *
	 * @param probe whether the bucket had the tokens, and if not, how long it lacks them
	 * @param correction takes more tokens from the same bucket even if it has too few, or
	 * gives some back, if the number is negative
	 */
	record Taken(ConsumptionProbe probe, LongConsumer correction) {
	}

}
