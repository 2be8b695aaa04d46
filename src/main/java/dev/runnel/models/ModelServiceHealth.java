package dev.runnel.models;

import dev.runnel.models.ServiceList.Attempt;
import dev.runnel.web.Standing;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * Says whether a model service can be reached. Without it Runnel works on, with answers
 * of another service or of the mock, so the status is {@code DEGRADED} and the HTTP
 * status stays 200. Health checks ask the service at most as often as a failed list is
 * fetched again.
 */
final class ModelServiceHealth implements ReactiveHealthIndicator {

	/** {@code management.endpoint.health.status.order} names it too. */
	static final Status DEGRADED = new Status("DEGRADED");

	private final ServiceList list;

	private final Catalogue catalogue;

	private final CatalogueSettings settings;

	ModelServiceHealth(ServiceList list, Catalogue catalogue, CatalogueSettings settings) {
		this.list = list;
		this.catalogue = catalogue;
		this.settings = settings;
	}

	@Override
	public Mono<Health> health() {
		return current().then(Mono.fromSupplier(() -> health(this.list.lastAttempt())));
	}

	/** Fetches the list again if the last attempt is too old to tell. */
	private Mono<Void> current() {
		Attempt last = this.list.lastAttempt();
		boolean fresh = last != null && last.age().compareTo(this.settings.retry()) < 0;
		return fresh ? Mono.empty() : this.list.refresh().then().timeout(this.settings.patience(), Mono.empty());
	}

	private Health health(@Nullable Attempt attempt) {
		return (attempt != null) ? after(attempt) : Health.unknown().build();
	}

	private Health after(Attempt attempt) {
		Health.Builder health = attempt.isAvailable() ? Health.up() : Health.status(DEGRADED);
		health.withDetail("host", this.list.service().host())
			.withDetail("models", this.catalogue.offer(Standing.ADMIN).countOf(this.list.service()))
			.withDetail("defaultModel", this.catalogue.defaultModel());
		if (attempt.failure() != null) {
			health.withDetail("problem", String.valueOf(attempt.failure().getMessage()));
		}
		return health.build();
	}

}
