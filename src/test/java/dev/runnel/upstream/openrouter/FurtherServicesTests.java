package dev.runnel.upstream.openrouter;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Tests for {@link FurtherServices}.
 */
class FurtherServicesTests {

	private static final Map<String, Object> TWO = Map.of("RUNNEL_UPSTREAMS_0_NAME", "local",
			"RUNNEL_UPSTREAMS_0_BASE_URL", "http://127.0.0.1:11434/v1/", "RUNNEL_UPSTREAMS_1_NAME", "mistral",
			"RUNNEL_UPSTREAMS_1_BASE_URL", "https://api.mistral.ai/v1", "RUNNEL_UPSTREAMS_1_API_KEY", " secret-key ",
			"RUNNEL_UPSTREAMS_1_MODELS", "mistral-*, codestral-latest", "RUNNEL_UPSTREAMS_1_USERS", "admins");

	private static FurtherServices services(Map<String, Object> environment) {
		SystemEnvironmentPropertySource source = new SystemEnvironmentPropertySource("systemEnvironment", environment);
		return new Binder(ConfigurationPropertySources.from(source)).bindOrCreate("runnel", FurtherServices.class);
	}

	@Test
	void thereIsNoneUnlessOneIsSet() {
		assertThat(services(Map.of()).upstreams()).isEmpty();
		assertThat(services(Map.of("RUNNEL_UPSTREAMS", "")).upstreams()).isEmpty();
	}

	@Test
	void theEnvironmentSetsThemByTheirNumbers() {
		assertThat(services(TWO).upstreams()).containsExactly(
				new FurtherService("local", "http://127.0.0.1:11434/v1", null, List.of(),
						FurtherService.Users.EVERYBODY),
				new FurtherService("mistral", "https://api.mistral.ai/v1", "secret-key",
						List.of("mistral-*", "codestral-latest"), FurtherService.Users.ADMINS));
	}

	@Test
	void theKeyIsNotInTheirText() {
		assertThat(services(TWO)).asString().contains("mistral", "apiKey=set").doesNotContain("secret-key");
	}

	@Test
	void anIdSaysToWhichItBelongs() {
		assertThat(services(TWO).own("local/llama3.2")).isTrue();
		assertThat(services(TWO).own("locals/llama3.2")).isFalse();
		assertThat(services(TWO).own("local")).isFalse();
	}

	@Test
	void aFurtherServiceSharesTheLimitsButNoKeyAndNoModel() {
		OpenRouterSettings settings = TestModel
			.settings(Map.of("api-key", "first-key", "model", "a/b", "models", "c/d", "max-tokens", "77"));
		OpenRouterSettings local = settings.at(services(TWO).upstreams().get(0));
		assertThat(local.apiKey()).isNull();
		assertThat(local.model()).isNull();
		assertThat(local.models()).isEmpty();
		assertThat(local.knownModel()).isNull();
		assertThat(local.maxTokens()).isEqualTo(77);
		assertThat(local.baseUrl()).isEqualTo("http://127.0.0.1:11434/v1");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "'' | http://a/v1 | k | runnel.upstreams needs a name for each service",
			"a/b | http://a/v1 | k | runnel.upstreams needs a name for each service",
			"a | '' | k | runnel.upstreams: the base-url of a is not an http or https URL",
			"a | ftp://b/v1 | k | runnel.upstreams: the base-url of a is not an http or https URL",
			"a | http://u:p@b/v1 | k | runnel.upstreams: the base-url of a has a user, query or fragment",
			"a | http://b/v1 | k\u00e4y | runnel.upstreams: the api-key of a has a character that no HTTP header may have",
			"a | https://openrouter.ai/api/v1 | '' | runnel.upstreams: the api-key of a is needed for this address" })
	void aWrongOneStopsTheStart(String name, String baseUrl, String key, String message) {
		assertThatException()
			.isThrownBy(() -> services(Map.of("RUNNEL_UPSTREAMS_0_NAME", name, "RUNNEL_UPSTREAMS_0_BASE_URL", baseUrl,
					"RUNNEL_UPSTREAMS_0_API_KEY", key)))
			.havingRootCause()
			.withMessageStartingWith(message);
	}

}
