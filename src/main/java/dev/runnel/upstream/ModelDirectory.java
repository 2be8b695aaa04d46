package dev.runnel.upstream;

import java.util.List;

import reactor.core.publisher.Mono;

/**
 * Knows which models an endpoint has.
 */
public interface ModelDirectory {

	/**
	 * Asks the endpoint. Each subscription is one call.
	 * @return the models, at least one; empty where no endpoint is configured; an error
	 * where the list could not be had
	 */
	Mono<List<Model>> list();

	/**
	 * What to offer as long as the endpoint gives no list.
	 * @return the models, the default one first
	 */
	List<Model> builtIn();

}
