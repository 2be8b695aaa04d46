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

/**
 * Keeps the last list of models that could be had, and the built-in one until then.
 */
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
		// the mock answers for every model, but pretends to be none that is not listed
		this.offer = offer(directory.builtIn(), !endpoint.configured());
		if (!endpoint.configured()) {
			this.firstAttempt.tryEmitEmpty();
		}
	}

	@Override
	public List<Model> list() {
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
	 * Asks for the list once. A list that was had before survives a failure.
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
	 * Waits until the list was asked for once, whatever came of it.
	 * @return completes then
	 */
	Mono<Void> firstAttempt() {
		return this.firstAttempt.asMono();
	}

	private Mono<Boolean> keep(Throwable cause) {
		log.info("The list of models could not be had, keeping " + this.offer.models().size() + " models ("
				+ cause.getClass().getSimpleName() + ")");
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
	 * What is offered at one time.
	 *
	 * @param models in their order
	 * @param byId the same by their ids
	 * @param complete whether there is no other model
	 */
	private record Offer(List<Model> models, Map<String, Model> byId, boolean complete) {
	}

}
