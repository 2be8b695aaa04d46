package dev.runnel.limits;

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
	Mono<ConsumptionProbe> take(long tokens);

	/**
	 * Takes tokens even if the bucket has too few, or gives some back.
	 * @param more how many to take; negative to give back
	 */
	void correct(long more);

}
