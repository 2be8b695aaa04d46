package dev.runnel.models;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.runnel.upstream.Model;
import dev.runnel.upstream.ModelEndpoint;
import dev.runnel.upstream.ModelRoute;
import dev.runnel.upstream.ModelService;
import dev.runnel.upstream.ModelServices;
import dev.runnel.web.Standing;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for a {@link Catalogue} of several services.
 */
class SeveralServicesTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	/** The list that each service returns now; none if it is silent. */
	private final Map<String, Mono<List<Model>>> lists = new ConcurrentHashMap<>();

	@Test
	void onlyAnIdThatTwoServicesHaveGetsTheNameOfOne() {
		Catalogue catalogue = catalogue("openrouter", "local");
		listed(catalogue, "openrouter", "a", "b");
		listed(catalogue, "local", "b", "c");
		assertThat(ids(catalogue)).containsExactly("a", "b", "local/b", "c");
		assertThat(catalogue.routes("b")).containsExactly(new ModelRoute("b", "openrouter", "b"));
		assertThat(catalogue.routes("local/b")).containsExactly(new ModelRoute("local/b", "local", "b"));
		assertThat(catalogue.routes("c")).containsExactly(new ModelRoute("c", "local", "c"));
		assertThat(catalogue.find("local/b")).map(Model::id).contains("local/b");
	}

	@Test
	void theNameOfAServiceMayStandBeforeAnyOfItsModels() {
		Catalogue catalogue = catalogue("openrouter", "local");
		listed(catalogue, "openrouter", "a", "b");
		listed(catalogue, "local", "c");
		assertThat(catalogue.offered("local/c")).isTrue();
		assertThat(catalogue.routes("local/c")).containsExactly(new ModelRoute("local/c", "local", "c"));
		assertThat(catalogue.offered("openrouter/b")).isTrue();
		assertThat(catalogue.offered("local/b")).isFalse();
		assertThat(catalogue.offered("other/b")).isFalse();
	}

	@Test
	void anAuthorNamedLikeAServiceKeepsItsModels() {
		Catalogue catalogue = catalogue("openrouter", "mistral");
		listed(catalogue, "openrouter", "mistral/small", "small");
		listed(catalogue, "mistral", "small");
		assertThat(ids(catalogue)).containsExactly("mistral/small", "small", "mistral/mistral/small");
		assertThat(catalogue.routes("mistral/small"))
			.containsExactly(new ModelRoute("mistral/small", "openrouter", "mistral/small"));
		assertThat(catalogue.routes("mistral/mistral/small"))
			.containsExactly(new ModelRoute("mistral/mistral/small", "mistral", "small"));
	}

	@Test
	void aServiceThatComesUpLaterTakesNoIdFromAnother() {
		Catalogue catalogue = catalogue("openrouter", "local");
		listed(catalogue, "local", "b");
		assertThat(ids(catalogue)).containsExactly("b");
		listed(catalogue, "openrouter", "a", "b");
		assertThat(ids(catalogue)).containsExactly("a", "openrouter/b", "b");
		assertThat(catalogue.routes("b")).containsExactly(new ModelRoute("b", "local", "b"));
		listed(catalogue, "local", "c");
		assertThat(ids(catalogue)).containsExactly("a", "b", "c");
	}

	@Test
	void aServiceThatDoesNotAnswerHoldsUpNoOther() {
		Catalogue catalogue = catalogue("openrouter", "local", "gone");
		this.lists.put("local", TestServices.list("c"));
		this.lists.put("gone", Mono.error(new IllegalStateException("down")));
		StepVerifier.create(catalogue.ready()).expectComplete().verify(LIMIT);
		assertThat(ids(catalogue)).containsExactly("c");
		assertThat(catalogue.defaultModel()).isEqualTo("c");
	}

	@Test
	void theFirstServiceNamesTheDefaultModelOnceAllHaveAnswered() {
		Catalogue catalogue = catalogue("openrouter", "local");
		listed(catalogue, "local", "c");
		assertThat(catalogue.defaultModel()).isEqualTo("c");
		listed(catalogue, "openrouter", "a");
		assertThat(catalogue.defaultModel()).isEqualTo("a");
		listed(catalogue, "openrouter", "new", "a");
		assertThat(catalogue.defaultModel()).isEqualTo("a");
	}

	@Test
	void theSettingsMayNameTheModelOfAnyServiceAsTheDefault() {
		Catalogue catalogue = catalogue(new ModelEndpoint("local/c", "openrouter.example"),
				List.of(service("openrouter", false), service("local", false)), List.of());
		assertThat(catalogue.routes(catalogue.defaultModel()))
			.containsExactly(new ModelRoute(catalogue.defaultModel(), "local", "c"));
		listed(catalogue, "openrouter", "a");
		listed(catalogue, "local", "b", "c");
		assertThat(ids(catalogue)).containsExactly("a", "b", "c");
		assertThat(catalogue.defaultModel()).isEqualTo("c");
	}

	@Test
	void eachServiceOffersWhatItIsAllowed() {
		Catalogue catalogue = catalogue(new ModelEndpoint(null, "openrouter.example"),
				List.of(service("openrouter", false), service("local", false, "c*")), List.of());
		assertThat(catalogue.offered("local/c1")).isTrue();
		assertThat(catalogue.offered("local/d1")).isFalse();
		listed(catalogue, "openrouter", "a", "d1");
		listed(catalogue, "local", "c1", "d1", "c2");
		assertThat(ids(catalogue)).containsExactly("a", "d1", "c1", "c2");
	}

	@Test
	void aPatternForAllServicesMayNameOne() {
		CatalogueSettings settings = CatalogueTests.settings("local/*", "a");
		Catalogue catalogue = new Catalogue(new ModelEndpoint(null, "openrouter.example"),
				new ModelServices(List.of(service("openrouter", false), service("local", false)), List.of()), settings);
		listed(catalogue, "openrouter", "a", "b");
		listed(catalogue, "local", "c", "d");
		assertThat(ids(catalogue)).containsExactly("a", "c", "d");
	}

	@Test
	void onlyAdminsSeeAndAskTheServicesForAdmins() {
		Catalogue catalogue = catalogue(new ModelEndpoint(null, "dear.example"),
				List.of(service("dear", true), service("local", false)), List.of());
		listed(catalogue, "dear", "a", "b");
		listed(catalogue, "local", "b", "c");
		Models anybody = catalogue.of(Standing.USER);
		assertThat(catalogue.offer(Standing.USER).models()).extracting(ListedModel::id)
			.containsExactly("local/b", "c");
		assertThat(anybody.offered("a")).isFalse();
		assertThat(anybody.offered("dear/a")).isFalse();
		assertThat(anybody.allowed("a")).isFalse();
		assertThat(anybody.routes("a")).isEmpty();
		assertThat(anybody.defaultModel()).isEqualTo("local/b");
		Models admin = catalogue.of(Standing.ADMIN);
		assertThat(admin.offered("a")).isTrue();
		assertThat(admin.routes("a")).containsExactly(new ModelRoute("a", "dear", "a"));
		assertThat(ids(catalogue)).containsExactly("a", "b", "local/b", "c");
	}

	@Test
	void nobodyElseAsksIfAllServicesAreForAdmins() {
		Catalogue catalogue = catalogue(new ModelEndpoint(null, "dear.example"), List.of(service("dear", true)),
				List.of("a"));
		listed(catalogue, "dear", "a");
		Models anybody = catalogue.of(Standing.USER);
		assertThat(anybody.routes(anybody.defaultModel())).isEmpty();
	}

	@Test
	void anotherModelMayBeOfAnotherService() {
		Catalogue catalogue = catalogue(new ModelEndpoint(null, "openrouter.example"),
				List.of(service("openrouter", false), service("local", false), service("dear", true)),
				List.of("b", "local/c", "gone", "d", "dear/e"));
		listed(catalogue, "openrouter", "a", "b");
		listed(catalogue, "local", "c", "d");
		listed(catalogue, "dear", "e");
		Models anybody = catalogue.of(Standing.USER);
		assertThat(anybody.routes("a")).containsExactly(new ModelRoute("a", "openrouter", "a").or("b"),
				new ModelRoute("local/c", "local", "c"), new ModelRoute("d", "local", "d"));
		assertThat(anybody.routes("c")).containsExactly(new ModelRoute("c", "local", "c"),
				new ModelRoute("b", "openrouter", "b"), new ModelRoute("d", "local", "d"));
		assertThat(catalogue.routes("b")).containsExactly(new ModelRoute("b", "openrouter", "b"),
				new ModelRoute("local/c", "local", "c"), new ModelRoute("d", "local", "d"),
				new ModelRoute("dear/e", "dear", "e"));
	}

	private Catalogue catalogue(String... names) {
		return catalogue(new ModelEndpoint(null, names[0] + ".example"),
				List.of(names).stream().map((name) -> service(name, false)).toList(), List.of());
	}

	private Catalogue catalogue(ModelEndpoint endpoint, List<ModelService> services, List<String> fallbacks) {
		return new Catalogue(endpoint, new ModelServices(services, fallbacks), CatalogueTests.settings());
	}

	private ModelService service(String name, boolean forAdmins, String... allowed) {
		return TestServices.named(name, forAdmins, () -> this.lists.getOrDefault(name, Mono.never()), allowed);
	}

	private void listed(Catalogue catalogue, String name, String... ids) {
		this.lists.put(name, TestServices.list(ids));
		catalogue.lists()
			.stream()
			.filter((list) -> list.service().name().equals(name))
			.forEach((list) -> StepVerifier.create(list.refresh()).expectNext(true).expectComplete().verify(LIMIT));
	}

	private static List<String> ids(Catalogue catalogue) {
		return catalogue.list().stream().map(Model::id).toList();
	}

}
