package dev.runnel.stream.redis;

import reactor.core.publisher.Mono;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;

/**
 * Reports whether Redis answers. Without Redis each server still serves its own streams,
 * so the status is {@code DEGRADED} and the HTTP status stays 200.
 */
final class RedisHealth implements ReactiveHealthIndicator {

	private final Heartbeat heartbeat;

	RedisHealth(Heartbeat heartbeat) {
		this.heartbeat = heartbeat;
	}

	@Override
	public Mono<Health> health() {
		return Mono
			.fromSupplier(() -> this.heartbeat.isAway() ? Health.status("DEGRADED").build() : Health.up().build());
	}

}
