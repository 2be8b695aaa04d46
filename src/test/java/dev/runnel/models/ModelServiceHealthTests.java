package dev.runnel.models;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import dev.runnel.upstream.Model;
import dev.runnel.upstream.ModelDirectory;
import dev.runnel.upstream.ModelEndpoint;
import dev.runnel.upstream.UpstreamException;
import dev.runnel.upstream.UpstreamFailure;
import dev.runnel.upstream.UpstreamFailure.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;

import org.springframework.boot.health.contributor.Health;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ModelServiceHealth}.
 */
class ModelServiceHealthTests {

	private final AtomicReference<Mono<List<Model>>> upstream = new AtomicReference<>(Mono.never());

	@Test
	void aListedServiceIsUp() {
		this.upstream.set(Mono.just(List.of(Model.of("a"), Model.of("b"))));
		Health health = health("model.example");
		assertThat(health.getStatus().getCode()).isEqualTo("UP");
		assertThat(health.getDetails())
			.containsExactlyInAnyOrderEntriesOf(Map.of("host", "model.example", "models", 2, "defaultModel", "a"));
	}

	@ParameterizedTest
	@CsvSource({ "UNAVAILABLE,DEGRADED", "TIMEOUT,DEGRADED", "UNAUTHORIZED,DEGRADED", "INVALID_RESPONSE,DEGRADED",
			"MODEL_UNAVAILABLE,UP" })
	void anUnreachableServiceDegradesRunnelAndAMissingListDoesNot(Kind kind, String status) {
		this.upstream.set(Mono.error(new UpstreamException(new UpstreamFailure(kind), "why", null)));
		Health health = health("model.example");
		assertThat(health.getStatus().getCode()).isEqualTo(status);
		assertThat(health.getDetails()).containsEntry("problem", "why");
	}

	@Test
	void theMockHasNoServiceToReach() {
		assertThat(health(null).getStatus().getCode()).isEqualTo("UNKNOWN");
	}

	private Health health(String host) {
		ModelEndpoint endpoint = new ModelEndpoint(null, host);
		CatalogueSettings settings = CatalogueTests.settings();
		Catalogue catalogue = new Catalogue(endpoint, new ModelDirectory() {

			@Override
			public Mono<List<Model>> list() {
				return Mono.defer(ModelServiceHealthTests.this.upstream::get);
			}

			@Override
			public List<Model> builtIn() {
				return List.of();
			}

		}, settings);
		return new ModelServiceHealth(endpoint, catalogue, settings).health()
			.blockOptional(Duration.ofSeconds(20))
			.orElseThrow();
	}

}
