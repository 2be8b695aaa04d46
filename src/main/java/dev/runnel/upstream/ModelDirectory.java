package dev.runnel.upstream;

import java.util.List;

import reactor.core.publisher.Mono;

/**
 * Lists the models of an endpoint.
 */
public interface ModelDirectory {

	/**
	 * Requests the list. Each subscription is one call.
	 * @return the models, at least one; empty if no endpoint is configured; an
	 * {@link UpstreamException} if the request failed
	 */
	Mono<List<Model>> list();

	/**
	 * The models to offer while the endpoint gives no list.
	 * @return the models, the default one first; empty if no model is stated
	 */
	List<Model> builtIn();

}
