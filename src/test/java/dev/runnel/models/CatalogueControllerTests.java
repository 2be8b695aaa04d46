package dev.runnel.models;

import java.time.Duration;
import java.util.List;

import dev.runnel.upstream.Model;
import dev.runnel.upstream.ModelEndpoint;
import dev.runnel.upstream.ModelServices;
import dev.runnel.upstream.UpstreamException;
import dev.runnel.upstream.UpstreamFailure;
import dev.runnel.upstream.UpstreamFailure.Kind;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.test.json.JsonCompareMode;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CatalogueController}.
 */
class CatalogueControllerTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private static final Model MODEL = new Model("acme/chat-1", "Acme Chat", 131072L, "0.00000013", "0.0000004",
			List.of("text", "image"), true, false);

	@Test
	void listsModels() {
		Catalogue catalogue = catalogue(Mono.just(List.of(MODEL)));
		catalogue.refresh().block(LIMIT);
		get(catalogue, "/api/models").expectBody()
			.json("""
					[{"id":"acme/chat-1","name":"Acme Chat","contextLength":131072,"promptPrice":"0.00000013",
					"completionPrice":"0.0000004","inputModalities":["text","image"],"reasoning":true,"tools":false,
					"webSearchPrice":null,"service":"openrouter","local":true}]""", JsonCompareMode.STRICT);
	}

	@Test
	void answersWhileUpstreamIsSilent() {
		get(catalogue(Mono.never()), "/api/models").expectBody().jsonPath("$[0].id").isEqualTo("acme/chat-1");
	}

	@Test
	void saysHowEachServiceIs() {
		Catalogue catalogue = new Catalogue(new ModelEndpoint(null, "one.example"),
				new ModelServices(
						List.of(TestServices.named("one", false, () -> TestServices.list("a", "b")),
								TestServices.named("two", false, () -> failing(Kind.MODEL_UNAVAILABLE)),
								TestServices.named("three", false, () -> failing(Kind.UNAVAILABLE)),
								TestServices.named("four", false, Mono::never)),
						List.of()),
				CatalogueTests.settings());
		catalogue.lists().subList(0, 3).forEach((list) -> list.refresh().block(LIMIT));
		get(catalogue, "/api/services").expectBody()
			.json("""
					[{"name":"one","local":false,"state":"listed","models":2},
					{"name":"two","local":false,"state":"unlisted","models":0},
					{"name":"three","local":false,"state":"unreachable","models":0},
					{"name":"four","local":false,"state":"loading","models":0}]""", JsonCompareMode.STRICT);
	}

	@Test
	void theListWaitsForSilentServicesForTwoSecondsAtMost() {
		Catalogue catalogue = new Catalogue(new ModelEndpoint(null, "one.example"),
				new ModelServices(List.of(TestServices.named("one", false, () -> TestServices.list("a")),
						TestServices.named("two", false, Mono::never)), List.of()),
				CatalogueTests.settings());
		catalogue.lists().get(0).refresh().block(LIMIT);
		CatalogueController controller = new CatalogueController(catalogue, CatalogueTests.settings());
		StepVerifier
			.withVirtualTime(
					() -> controller.models(MockServerWebExchange.from(MockServerHttpRequest.get("/api/models"))))
			.expectSubscription()
			.expectNoEvent(Duration.ofMillis(1900))
			.thenAwait(Duration.ofMillis(100))
			.assertNext((models) -> assertThat(models).extracting(ListedModel::id).containsExactly("a"))
			.expectComplete()
			.verify(LIMIT);
	}

	@Test
	void theMockIsNoService() {
		Catalogue mocked = new Catalogue(new ModelEndpoint("acme/chat-1", null),
				TestServices.one("localhost", Mono::empty, List.of(MODEL)), CatalogueTests.settings());
		get(mocked, "/api/services").expectBody().json("[]", JsonCompareMode.STRICT);
	}

	private static Mono<List<Model>> failing(Kind kind) {
		return Mono.error(new UpstreamException(new UpstreamFailure(kind), "no list", null));
	}

	private static WebTestClient.ResponseSpec get(Catalogue catalogue, String path) {
		CatalogueSettings settings = new CatalogueSettings(List.of(), List.of(), Duration.ofHours(1), Duration.ofMinutes(1),
				Duration.ofSeconds(10), Duration.ofMillis(50));
		return WebTestClient.bindToController(new CatalogueController(catalogue, settings))
			.build()
			.get()
			.uri(path)
			.exchange()
			.expectStatus()
			.isOk();
	}

	private static Catalogue catalogue(Mono<List<Model>> upstream) {
		return new Catalogue(new ModelEndpoint("acme/chat-1", "localhost"),
				TestServices.one("localhost", () -> upstream, List.of(Model.of("acme/chat-1"))),
				CatalogueTests.settings());
	}

}
