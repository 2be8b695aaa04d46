package dev.runnel.models;

import java.time.Duration;

import dev.runnel.upstream.ModelEndpoint;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Refreshes the lists of all services while the application runs. The start does not
 * wait for it.
 */
@Component
final class CatalogueRefresh implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(CatalogueRefresh.class);

	private final Catalogue catalogue;

	private final CatalogueSettings settings;

	private final boolean needed;

	private @Nullable Disposable rounds;

	CatalogueRefresh(Catalogue catalogue, CatalogueSettings settings, ModelEndpoint endpoint) {
		this.catalogue = catalogue;
		this.settings = settings;
		this.needed = endpoint.configured();
	}

	/** Returns false without an endpoint, because then only the built-in list exists. */
	@Override
	public boolean isAutoStartup() {
		return this.needed;
	}

	@Override
	public synchronized void start() {
		this.rounds = Flux.fromIterable(this.catalogue.lists())
			.flatMap(this::rounds)
			.subscribe((tick) -> log.debug("Refreshing the list of models"),
					(ex) -> log.error("The list of models is not refreshed any more", ex));
	}

	@Override
	public synchronized void stop() {
		if (this.rounds != null) {
			this.rounds.dispose();
			this.rounds = null;
		}
	}

	@Override
	public synchronized boolean isRunning() {
		return this.rounds != null;
	}

	/** Each service has a pace of its own, so that none waits for another. */
	private Flux<Long> rounds(ServiceList list) {
		return Mono.defer(list::refresh).flatMap(this::pause).repeat();
	}

	private Mono<Long> pause(boolean refreshed) {
		Duration pause = refreshed ? this.settings.refresh() : this.settings.retry();
		return Mono.delay(pause);
	}

}
