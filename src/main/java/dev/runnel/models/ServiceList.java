package dev.runnel.models;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;

import dev.runnel.upstream.Model;
import dev.runnel.upstream.ModelService;
import dev.runnel.upstream.UpstreamException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Keeps the last list of models that was fetched from one service. Until the first fetch
 * succeeds, it has the built-in list.
 */
final class ServiceList {

	private static final Logger log = LoggerFactory.getLogger(ServiceList.class);

	private final ModelService service;

	private final AllowedModels allowed;

	private final CatalogueSettings settings;

	private final BiConsumer<ServiceList, Boolean> fetched;

	private final Sinks.Empty<Void> firstAttempt = Sinks.empty();

	/** The fetch that runs now, shared by its callers; null if none runs. */
	private final AtomicReference<@Nullable Mono<Boolean>> running = new AtomicReference<>();

	private volatile List<Model> models;

	private volatile boolean complete;

	private volatile @Nullable Attempt lastAttempt;

	/**
	 * Creates the list.
	 * @param service the service
	 * @param allowed its models that may be asked
	 * @param settings how the list is kept
	 * @param fetched is told of the end of each fetch, and whether it brought the first
	 * list at all or after a failure
	 */
	ServiceList(ModelService service, AllowedModels allowed, CatalogueSettings settings,
			BiConsumer<ServiceList, Boolean> fetched) {
		this.service = service;
		this.allowed = allowed;
		this.settings = settings;
		this.fetched = fetched;
		this.models = service.directory().builtIn();
	}

	/** Makes the built-in list final, because nothing will be fetched. */
	void close() {
		this.complete = true;
		this.firstAttempt.tryEmitEmpty();
	}

	ModelService service() {
		return this.service;
	}

	/** The models that may be asked, in the order of the service. */
	List<ServedModel> servedModels() {
		return this.models.stream().filter((model) -> this.allowed.allow(model.id())).map(this::served).toList();
	}

	ServedModel served(Model model) {
		return new ServedModel(this.service, model, this.allowed.allowUsers(model.id()));
	}

	/**
	 * Returns whether the service may have a model: it lists the model, or has not
	 * returned a list yet.
	 * @param id the id by which the service knows the model
	 */
	boolean mayHave(String id) {
		return this.allowed.allow(id)
				&& (this.complete ? this.models.stream().anyMatch((model) -> model.id().equals(id)) : Model.isId(id));
	}

	boolean allows(String id) {
		return this.allowed.allow(id);
	}

	/** Whether there is a service to fetch the list from. */
	boolean isConnected() {
		return !this.complete || isTried();
	}

	/** Whether a fetch has ended, successful or not. */
	boolean isTried() {
		return this.lastAttempt != null;
	}

	boolean isTriedJustNow() {
		Attempt last = this.lastAttempt;
		return last != null && last.age().compareTo(this.settings.patience()) < 0;
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
		return this.service.directory()
			.list()
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

	private void accept(List<Model> listed) {
		boolean news = !this.complete || hasFailed();
		this.models = listed;
		this.complete = true;
		this.lastAttempt = new Attempt(System.nanoTime(), null);
		this.fetched.accept(this, news);
	}

	private Mono<Boolean> keep(Throwable cause) {
		if (!hasFailed()) {
			tell(cause);
		}
		this.lastAttempt = new Attempt(System.nanoTime(), cause);
		this.fetched.accept(this, false);
		return Mono.just(false);
	}

	private boolean hasFailed() {
		Attempt last = this.lastAttempt;
		return last != null && last.failure() != null;
	}

	/** A service may be away for days, so only the first failure is told. */
	private void tell(Throwable cause) {
		String hint = this.models.isEmpty() ? "; OPENROUTER_MODEL can name the model to ask" : "";
		log.info("The list of models could not be fetched from {}, keeping {} models ({}){}", this.service.host(),
				this.models.size(),
				(cause instanceof UpstreamException) ? cause.getMessage() : cause.getClass().getSimpleName(), hint);
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
