package dev.runnel.models;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import dev.runnel.upstream.Model;
import dev.runnel.upstream.ModelDirectory;
import dev.runnel.upstream.ModelEndpoint;
import dev.runnel.upstream.UpstreamException;
import dev.runnel.web.Standing;
import org.jspecify.annotations.Nullable;
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

	/** The model that is asked while none is known. */
	static final String UNKNOWN = "default";

	private static final Logger log = LoggerFactory.getLogger(Catalogue.class);

	private final ModelEndpoint endpoint;

	private final ModelDirectory directory;

	private final CatalogueSettings settings;

	private final AllowedModels allowed;

	/** Null if they may ask what all may ask. */
	private final @Nullable ModelsOfUsers ofUsers;

	private final Sinks.Empty<Void> firstAttempt = Sinks.empty();

	/** The fetch that runs now, shared by its callers; null if none runs. */
	private final AtomicReference<@Nullable Mono<Boolean>> running = new AtomicReference<>();

	private volatile Offer offer;

	private volatile @Nullable Attempt lastAttempt;

	Catalogue(ModelEndpoint endpoint, ModelDirectory directory, CatalogueSettings settings) {
		this.endpoint = endpoint;
		this.directory = directory;
		this.settings = settings;
		this.allowed = new AllowedModels(settings.allowed(), endpoint.model());
		AllowedModels forUsers = new AllowedModels(settings.allowedForUsers(), null);
		// The mock has no models.
		this.ofUsers = (forUsers.allowAll() || !endpoint.configured()) ? null : new ModelsOfUsers(this, forUsers);
		// Without an endpoint only the mock answers, and it offers only the built-in
		// list.
		this.offer = Offer.of(directory.builtIn(), this.allowed, endpoint.model(), !endpoint.configured());
		if (!endpoint.configured()) {
			this.firstAttempt.tryEmitEmpty();
		}
	}

	/**
	 * Returns the models in the order of the endpoint. The model that the settings name
	 * is always included.
	 * @return the models; empty if none is named and the endpoint gave no list yet
	 */
	List<Model> list() {
		return this.offer.models();
	}

	/** Returns the models that a person of this standing may choose. */
	List<Model> list(Standing standing) {
		return (standing == Standing.USER && this.ofUsers != null) ? this.ofUsers.list() : list();
	}

	@Override
	public Models of(Standing standing) {
		return (standing == Standing.USER && this.ofUsers != null) ? this.ofUsers : this;
	}

	@Override
	public Optional<Model> find(String id) {
		return this.offer.find(id);
	}

	@Override
	public String defaultModel() {
		return Objects.requireNonNullElse(this.offer.defaultModel(), UNKNOWN);
	}

	@Override
	public Mono<Void> ready() {
		if (this.offer.defaultModel() != null || triedJustNow()) {
			return Mono.empty();
		}
		return refresh().then().timeout(this.settings.patience(), Mono.empty());
	}

	private boolean triedJustNow() {
		Attempt last = this.lastAttempt;
		return last != null && last.age().compareTo(this.settings.patience()) < 0;
	}

	@Override
	public boolean offered(String id) {
		Offer now = this.offer;
		return now.find(id).isPresent() || (!now.complete() && Model.isId(id) && allowed(id));
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
		return Mono.defer(() -> Objects
			.requireNonNull(this.running.updateAndGet((running) -> (running != null) ? running : sharedFetch())));
	}

	/** A caller that leaves does not end the fetch of the others. */
	private Mono<Boolean> sharedFetch() {
		return fetch().doOnTerminate(() -> this.running.set(null)).cache();
	}

	private Mono<Boolean> fetch() {
		return this.directory.list()
			.timeout(this.settings.timeout())
			.doOnNext(this::accept)
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

	/**
	 * How the last fetch ended.
	 * @return null before the first one ended
	 */
	@Nullable Attempt lastAttempt() {
		return this.lastAttempt;
	}

	/** The default model stays while it is listed, even if the order changes. */
	private void accept(List<Model> models) {
		Offer before = this.offer;
		Offer now = Offer.of(models, this.allowed, this.endpoint.model(), true).preferring(before.defaultModel());
		this.offer = now;
		this.lastAttempt = new Attempt(System.nanoTime(), null);
		if (!before.complete() || !Objects.equals(before.defaultModel(), now.defaultModel())) {
			log.info("The model service at {} offers {} models; {} answers by default{}", this.endpoint.host(),
					now.models().size(), now.defaultModel(), note(models, now.defaultModel()));
		}
	}

	private static String note(List<Model> listed, @Nullable String defaultModel) {
		boolean isListed = listed.stream().anyMatch((model) -> model.id().equals(defaultModel));
		return isListed ? "" : ", although the list does not have it";
	}

	private Mono<Boolean> keep(Throwable cause) {
		this.lastAttempt = new Attempt(System.nanoTime(), cause);
		String hint = (this.offer.defaultModel() != null) ? "" : "; OPENROUTER_MODEL can name the model to ask";
		log.info("The list of models could not be fetched, keeping {} models ({}){}", this.offer.models().size(),
				(cause instanceof UpstreamException) ? cause.getMessage() : cause.getClass().getSimpleName(), hint);
		return Mono.just(false);
	}

	/**
	 * The end of a fetch.
	 *
	 * @param nanos when it ended, as {@link System#nanoTime()}
	 * @param failure why it failed; null if it did not
	 */
	record Attempt(long nanos, @Nullable Throwable failure) {

		Duration age() {
			return Duration.ofNanos(System.nanoTime() - this.nanos);
		}

		/** Whether the service could answer a question, as far as the attempt shows. */
		boolean isAvailable() {
			return this.failure == null
					|| (this.failure instanceof UpstreamException ex && !ex.failure().kind().unavailable());
		}

	}

}
