package dev.runnel.upstream.openrouter;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import dev.runnel.memory.MemoryAccount;
import dev.runnel.upstream.LanguageModel;
import dev.runnel.upstream.Prompt;
import dev.runnel.upstream.ScriptedUpstream;
import dev.runnel.upstream.TestPrompts;
import reactor.netty.http.HttpResources;
import reactor.netty.resources.ConnectionProvider;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.core.env.Environment;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.util.unit.DataSize;

/**
 * The adapter as the application builds it, connected to a scripted upstream.
 */
final class TestModel implements AutoCloseable {

	static final String KEY = "sk-or-v1-0123456789abcdef";

	static final Prompt QUESTION = TestPrompts.question("Hi");

	private final ConnectionProvider connections;

	private final LanguageModel model;

	private TestModel(OpenRouterSettings settings, Environment environment) {
		this.connections = new OpenRouterConfiguration().openRouterConnections(settings);
		this.model = new Connector(this.connections, HttpResources.get(), environment,
				MemoryAccount.of(DataSize.ofMegabytes(100)))
			.model(settings);
	}

	/** A model that asks this upstream, with timeouts short enough for a test. */
	static TestModel of(ScriptedUpstream upstream) {
		return of(upstream.baseUrl(), Map.of());
	}

	static TestModel of(String baseUrl, Map<String, String> more) {
		Map<String, String> properties = new HashMap<>(Map.of("base-url", baseUrl, "api-key", KEY, "timeout.connect",
				"1s", "timeout.first-data", "10s", "timeout.between-data", "10s"));
		properties.putAll(more);
		return new TestModel(settings(properties), new MockEnvironment());
	}

	/** A model in a process with these environment variables. */
	static TestModel in(Map<String, String> environment, String baseUrl) {
		MockEnvironment variables = new MockEnvironment();
		environment.forEach(variables::setProperty);
		return new TestModel(settings(Map.of("base-url", baseUrl, "api-key", KEY)), variables);
	}

	static OpenRouterSettings settings(Map<String, String> properties) {
		Map<String, String> full = new HashMap<>();
		properties.forEach((name, value) -> full.put("runnel.openrouter." + name, value));
		return new Binder(new MapConfigurationPropertySource(full)).bindOrCreate("runnel.openrouter",
				OpenRouterSettings.class);
	}

	/** The limits of an answer, with a picture of a megabyte at most. */
	static AnswerLimits limits(int maxEvent) {
		return new AnswerLimits(maxEvent, DataSize.ofMegabytes(1).toBytes(),
				MemoryAccount.of(DataSize.ofMegabytes(100)));
	}

	LanguageModel model() {
		return this.model;
	}

	Answer ask() {
		return Answer.of(this.model.stream(QUESTION), Duration.ofSeconds(30));
	}

	@Override
	public void close() {
		this.connections.disposeLater().block(Duration.ofSeconds(5));
	}

}
