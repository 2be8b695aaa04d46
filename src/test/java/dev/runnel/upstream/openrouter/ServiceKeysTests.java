package dev.runnel.upstream.openrouter;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.runnel.memory.MemoryAccount;
import dev.runnel.upstream.ModelService;
import dev.runnel.upstream.ModelServices;
import dev.runnel.upstream.Script;
import dev.runnel.upstream.ScriptedUpstream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.netty.http.HttpResources;
import reactor.netty.resources.ConnectionProvider;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which key goes to which service, as three services record it.
 */
@Timeout(60)
class ServiceKeysTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private final ScriptedUpstream first = recording();

	private final ScriptedUpstream second = recording();

	private final ScriptedUpstream keyless = recording();

	private final OpenRouterSettings settings = TestModel
		.settings(Map.of("base-url", this.first.baseUrl(), "api-key", "first-key"));

	private ConnectionProvider connections;

	private static ScriptedUpstream recording() {
		return ScriptedUpstream.start(Script.hello())
			.models(Script.answer(200, "application/json", "{\"data\":[{\"id\":\"m\"}]}"));
	}

	@BeforeEach
	void open() {
		this.connections = new OpenRouterConfiguration().openRouterConnections(this.settings);
	}

	@AfterEach
	void close() {
		this.connections.disposeLater().block(LIMIT);
		List.of(this.first, this.second, this.keyless).forEach(ScriptedUpstream::close);
	}

	private ModelServices services() {
		Map<String, String> further = new HashMap<>(Map.of("runnel.upstreams[0].name", "second",
				"runnel.upstreams[0].base-url", this.second.baseUrl(), "runnel.upstreams[0].api-key", "second-key",
				"runnel.upstreams[1].name", "keyless", "runnel.upstreams[1].base-url", this.keyless.baseUrl()));
		FurtherServices bound = new Binder(new MapConfigurationPropertySource(further)).bindOrCreate("runnel",
				FurtherServices.class);
		return new OpenRouterConfiguration().modelServices(this.settings, bound, this.connections, HttpResources.get(),
				new MockEnvironment(), MemoryAccount.of(DataSize.ofMegabytes(10)));
	}

	private static void askAll(ModelServices services) {
		for (ModelService service : services.all()) {
			service.directory().list().onErrorComplete().block(LIMIT);
			Answer.of(service.model().stream(TestModel.QUESTION), LIMIT);
		}
	}

	@Test
	void eachServiceGetsItsOwnKeyAndNoOther() {
		askAll(services());
		assertRecorded(this.first, "Bearer first-key");
		assertRecorded(this.second, "Bearer second-key");
		assertRecorded(this.keyless, null);
	}

	@Test
	void aRedirectToAnotherServiceTakesNoKeyThere() {
		Script elsewhere = Script.answer(307, "", "", "Location: " + this.second.baseUrl() + "/chat/completions");
		this.first.instead(elsewhere).models(elsewhere);
		ModelService service = services().first();
		service.directory().list().onErrorComplete().block(LIMIT);
		assertThat(Answer.of(service.model().stream(TestModel.QUESTION), LIMIT).error()).isNotNull();
		assertThat(this.first.requests()).isNotEmpty();
		assertThat(this.second.requests()).isEmpty();
	}

	@Test
	void theirNamesAreThoseOfTheSettings() {
		assertThat(services().all()).extracting(ModelService::name).containsExactly("127.0.0.1", "second", "keyless");
		assertThat(services().all()).allMatch(ModelService::local);
	}

	private static void assertRecorded(ScriptedUpstream upstream, String authorization) {
		assertThat(upstream.requests()).extracting(ScriptedUpstream.Request::method).contains("GET", "POST");
		for (ScriptedUpstream.Request request : upstream.requests()) {
			assertThat(request.headers().get("Authorization")).isEqualTo(authorization);
			String sent = request.path() + request.headers() + request.text();
			assertThat(Stream.of("first-key", "second-key").filter(sent::contains).map((key) -> "Bearer " + key))
				.isSubsetOf(String.valueOf(authorization));
		}
	}

}
