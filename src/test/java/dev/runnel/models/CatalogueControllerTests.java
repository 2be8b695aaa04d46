package dev.runnel.models;

import java.time.Duration;
import java.util.List;

import dev.runnel.upstream.Model;
import dev.runnel.upstream.ModelDirectory;
import dev.runnel.upstream.ModelEndpoint;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.test.web.reactive.server.WebTestClient;

/**
 * Tests for {@link CatalogueController}.
 */
class CatalogueControllerTests {

	private static final Model MODEL = new Model("acme/chat-1", "Acme Chat", 131072L, "0.00000013", "0.0000004",
			List.of("text", "image"), true, false);

	@Test
	void listsModels() {
		Catalogue catalogue = catalogue(Mono.just(List.of(MODEL)));
		catalogue.refresh().block(Duration.ofSeconds(5));
		get(catalogue).expectBody().json("""
				[{"id":"acme/chat-1","name":"Acme Chat","contextLength":131072,"promptPrice":"0.00000013",
				"completionPrice":"0.0000004","inputModalities":["text","image"],"reasoning":true,"tools":false}]""");
	}

	@Test
	void answersWhileUpstreamIsSilent() {
		get(catalogue(Mono.never())).expectBody().jsonPath("$[0].id").isEqualTo("acme/chat-1");
	}

	private static WebTestClient.ResponseSpec get(Catalogue catalogue) {
		CatalogueSettings settings = new CatalogueSettings(List.of(), List.of(), Duration.ofHours(1), Duration.ofMinutes(1),
				Duration.ofSeconds(10), Duration.ofMillis(50));
		return WebTestClient.bindToController(new CatalogueController(catalogue, settings))
			.build()
			.get()
			.uri("/api/models")
			.exchange()
			.expectStatus()
			.isOk();
	}

	private static Catalogue catalogue(Mono<List<Model>> upstream) {
		return new Catalogue(new ModelEndpoint("acme/chat-1", "localhost"), new ModelDirectory() {

			@Override
			public Mono<List<Model>> list() {
				return upstream;
			}

			@Override
			public List<Model> builtIn() {
				return List.of(Model.of("acme/chat-1"));
			}

		}, CatalogueTests.settings());
	}

}
