package dev.runnel.web;

import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Work that goes on to its end, even if the request that began it ends.
 */
public final class Detached {

	private Detached() {
	}

	/**
	 * Detaches work from its subscriber.
	 * @param <T> the type of the result
	 * @param work the work, which begins with each subscription
	 * @return the result of the work; cancelling it does not cancel the work
	 */
	public static <T> Mono<T> of(Mono<T> work) {
		return Mono.defer(() -> {
			Sinks.One<T> result = Sinks.one();
			work.subscribe(result::tryEmitValue, result::tryEmitError, result::tryEmitEmpty);
			return result.asMono();
		});
	}

}
