package dev.runnel.upstream.openrouter;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.beanvalidation.LocalValidatorFactoryBean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Tests for {@link OpenRouterSettings}.
 */
class OpenRouterSettingsTests {

	@Test
	void defaultsAreSafeWithoutKey() {
		OpenRouterSettings settings = settings(Map.of());
		assertThat(settings.configured()).isFalse();
		assertThat(settings.baseUrl()).isEqualTo("https://openrouter.ai/api/v1");
		assertThat(settings.knownModel()).isEqualTo("meta-llama/llama-3.3-70b-instruct");
		assertThat(settings.maxTokens()).isEqualTo(4096);
		assertThat(settings.maxEvent()).isEqualTo(DataSize.ofMegabytes(4));
		assertThat(settings.timeout()).isEqualTo(new OpenRouterSettings.Timeout(Duration.ofSeconds(5),
				Duration.ofSeconds(120), Duration.ofSeconds(60), Duration.ofMinutes(10)));
		assertThat(settings.pool().maxConnections()).isGreaterThanOrEqualTo(2000);
	}

	@Test
	void blankIsNotSet() {
		OpenRouterSettings settings = settings(Map.of("api-key", " ", "base-url", "", "model", " "));
		assertThat(settings).isEqualTo(settings(Map.of()));
	}

	@Test
	void keyOrEndpointIsEnough() {
		assertThat(settings(Map.of("api-key", "k")).configured()).isTrue();
		assertThat(settings(Map.of("base-url", "http://localhost:11434/v1")).configured()).isTrue();
		assertThat(settings(Map.of("base-url", OpenRouterSettings.PUBLIC_API + "/")).configured()).isFalse();
	}

	@Test
	void keyIsNotInItsText() {
		assertThat(settings(Map.of("api-key", "sk-secret"))).asString().doesNotContain("sk-secret").contains("set");
	}

	@ParameterizedTest
	@CsvSource({ "https://openrouter.ai/api/v1,true", "https://eu.openrouter.ai/api/v1,true",
			"https://notopenrouter.ai/v1,false", "http://openrouter.ai.evil.example/v1,false" })
	void knowsOpenRouter(String baseUrl, boolean expected) {
		assertThat(settings(Map.of("base-url", baseUrl)).isOpenRouter()).isEqualTo(expected);
	}

	@Test
	void anotherServiceNamesItsModelItself() {
		assertThat(settings(Map.of("base-url", "http://localhost:11434/v1")).knownModel()).isNull();
		assertThat(settings(Map.of("base-url", "http://localhost:11434/v1", "model", "m")).knownModel()).isEqualTo("m");
	}

	@ParameterizedTest
	@CsvSource({ "http://llama_cpp:8080/v1,llama_cpp", "https://_dmarc.a_b.example/v1,_dmarc.a_b.example",
			"http://[fd00::1]:8080/v1,[fd00::1]", "HTTP://Host/v1,Host" })
	void takesTheHostsOfComposeFiles(String baseUrl, String host) {
		assertThat(settings(Map.of("base-url", baseUrl)).host()).isEqualTo(host);
	}

	@ParameterizedTest
	@ValueSource(strings = { "openrouter.ai", "ftp://a.b/c", "http://", "http:///v1", "https://user:pass@a.b/c",
			"https://a.b/c?x=1", "https://a.b/c#x", "http://a b/c", "file:///etc/passwd", "http://a.b:port/",
			"http://a_b:70000/v1", "http:a_b/v1", "http://a_b:x/v1" })
	void refusesBaseUrlThatIsNone(String baseUrl) {
		assertThatException().isThrownBy(() -> settings(Map.of("base-url", baseUrl)))
			.havingRootCause()
			.withMessageContaining("runnel.openrouter.base-url")
			.withMessageContaining("https://openrouter.ai/api/v1");
	}

	@Test
	void refusesKeyThatIsNoHeaderWithoutTellingIt() {
		assertThatException().isThrownBy(() -> settings(Map.of("api-key", "sk-one\nX-Two: three")))
			.satisfies((ex) -> assertThat(ex).hasStackTraceContaining("runnel.openrouter.api-key has a character"))
			.satisfies((ex) -> assertThat(org.assertj.core.util.Throwables.getStackTrace(ex)).doesNotContain("sk-one"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "max-tokens=0", "max-tokens=many", "timeout.connect=0s", "timeout.total=soon",
			"pool.max-connections=0", "max-event=10", "max-event=1GB" })
	void wrongSettingStopsTheStart(String setting) {
		new ApplicationContextRunner().withUserConfiguration(Enabled.class)
			.withPropertyValues("runnel.openrouter." + setting)
			.run((context) -> assertThat(context).hasFailed()
				.getFailure()
				.hasStackTraceContaining("runnel.openrouter"));
	}

	private static OpenRouterSettings settings(Map<String, String> properties) {
		return TestModel.settings(properties);
	}

	@EnableConfigurationProperties(OpenRouterSettings.class)
	static class Enabled {

		@Bean(EnableConfigurationProperties.VALIDATOR_BEAN_NAME)
		static LocalValidatorFactoryBean validator() {
			return new LocalValidatorFactoryBean();
		}

	}

}
