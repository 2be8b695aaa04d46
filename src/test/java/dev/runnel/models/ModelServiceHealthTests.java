package dev.runnel.models;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;

import dev.runnel.upstream.Model;
import dev.runnel.upstream.ModelEndpoint;
import dev.runnel.upstream.ModelServices;
import dev.runnel.upstream.UpstreamException;
import dev.runnel.upstream.UpstreamFailure;
import dev.runnel.upstream.UpstreamFailure.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;

import org.springframework.boot.health.contributor.CompositeReactiveHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthContributor;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;

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

	@Test
	void eachOfSeveralServicesHasAHealthOfItsOwn() {
		ModelEndpoint endpoint = new ModelEndpoint(null, "one.example");
		Mono<List<Model>> dead = Mono.error(new UpstreamException(new UpstreamFailure(Kind.UNAVAILABLE), "why", null));
		Catalogue catalogue = new Catalogue(endpoint,
				new ModelServices(List.of(TestServices.named("one", false, () -> TestServices.list("a")),
						TestServices.named("two", false, () -> dead)), List.of()),
				CatalogueTests.settings());
		ReactiveHealthContributor contributor = new ModelServiceHealthConfiguration()
			.modelServiceHealthIndicator(endpoint, catalogue, CatalogueTests.settings());
		Map<String, String> status = new TreeMap<>();
		((CompositeReactiveHealthContributor) contributor).stream().forEach((entry) -> {
			Health health = ((ReactiveHealthIndicator) entry.contributor()).health().block(Duration.ofSeconds(20));
			status.put(entry.name(), health.getStatus().getCode() + " at " + health.getDetails().get("host"));
		});
		assertThat(status).isEqualTo(Map.of("one", "UP at one.example", "two", "DEGRADED at two.example"));
	}

	private Health health(String host) {
		ModelEndpoint endpoint = new ModelEndpoint(null, host);
		CatalogueSettings settings = CatalogueTests.settings();
		Catalogue catalogue = new Catalogue(endpoint,
				TestServices.one(String.valueOf(host), this.upstream::get, List.of()), settings);
		ReactiveHealthIndicator indicator = (ReactiveHealthIndicator) new ModelServiceHealthConfiguration()
			.modelServiceHealthIndicator(endpoint, catalogue, settings);
		return indicator.health().blockOptional(Duration.ofSeconds(20)).orElseThrow();
	}

}
