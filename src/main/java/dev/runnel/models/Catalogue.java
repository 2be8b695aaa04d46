package dev.runnel.models;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.runnel.upstream.Model;
import dev.runnel.upstream.ModelDirectory;
import dev.runnel.upstream.ModelEndpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import org.springframework.stereotype.Component;

/**
 * Keeps the last list of models that was fetched. Until the first fetch succeeds, it
 * offers the built-in list.
 */
@Component
final class Catalogue implements Models {

	private static final Logger log = LoggerFactory.getLogger(Catalogue.class);

	private final ModelDirectory directory;

	private final String defaultModel;

	private final Duration timeout;

	private final AllowedModels allowed;

	private final Sinks.Empty<Void> firstAttempt = Sinks.empty();

	private volatile Offer offer;

	Catalogue(ModelEndpoint endpoint, ModelDirectory directory, CatalogueSettings settings) {
		this.directory = directory;
		this.defaultModel = endpoint.defaultModel();
		this.timeout = settings.timeout();
		this.allowed = new AllowedModels(settings.allowed(), endpoint.defaultModel());
		// Without an endpoint only the mock answers, and it offers only the built-in
		// list.
		this.offer = offer(directory.builtIn(), !endpoint.configured());
		if (!endpoint.configured()) {
			this.firstAttempt.tryEmitEmpty();
		}
	}

	/**
	 * Returns the models in the order of the endpoint. The default model is always
	 * included.
	 * @return at least one model
	 */
	List<Model> list() {
		return this.offer.models();
	}

	@Override
	public Optional<Model> find(String id) {
		return Optional.ofNullable(this.offer.byId().get(id));
	}

	@Override
	public boolean offered(String id) {
		Offer now = this.offer;
		return now.byId().containsKey(id) || (!now.complete() && Model.isId(id) && allowed(id));
	}

	@Override
	public boolean allowed(String id) {
		return this.allowed.allow(id);
	}

	/**
	 * Fetches the list once. After a failure the previous list stays.
	 * @return whether there is a new list
	 */
	Mono<Boolean> refresh() {
		return this.directory.list()
			.timeout(this.timeout)
			.doOnNext((models) -> this.offer = offer(models, true))
			.hasElement()
			.onErrorResume(this::keep)
			.doFinally((signal) -> this.firstAttempt.tryEmitEmpty());
	}

	/**
	 * Waits for the end of the first fetch, successful or not.
	 * @return completes then
	 */
	Mono<Void> firstAttempt() {
		return this.firstAttempt.asMono();
	}

	private Mono<Boolean> keep(Throwable cause) {
		log.info("The list of models could not be fetched, keeping {} models ({})", this.offer.models().size(),
				cause.getClass().getSimpleName());
		return Mono.just(false);
	}

	private Offer offer(List<Model> models, boolean complete) {
		List<Model> all = new ArrayList<>(models.stream().filter((model) -> allowed(model.id())).toList());
		if (models.stream().noneMatch((model) -> model.id().equals(this.defaultModel))) {
			all.add(0, Model.of(this.defaultModel));
		}
		Map<String, Model> byId = all.stream()
			.collect(Collectors.toUnmodifiableMap(Model::id, Function.identity(), (first, second) -> first));
		return new Offer(List.copyOf(all), byId, complete);
	}

	/**
	 * The models offered at one moment.
	 *
	 * @param models the models, in the order to show them
	 * @param byId the same models, by id
	 * @param complete whether only these models may be asked
	 */
	private record Offer(List<Model> models, Map<String, Model> byId, boolean complete) {
	}

}
