package dev.runnel.page;

import java.util.function.Consumer;
import java.util.stream.Stream;

import dev.runnel.RunnelApplication;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/**
 * The whole application, on a free port of 127.0.0.1 where no other is asked for.
 */
public record RunningRunnel(ConfigurableApplicationContext context) implements AutoCloseable {

	/** Starts it with these settings, each {@code --name=value}. */
	public static RunningRunnel start(String... settings) {
		return startWith((context) -> {
		}, settings);
	}

	/** The same, with beans of a test's own. */
	static RunningRunnel startWith(Consumer<GenericApplicationContext> beans, String... settings) {
		String[] all = Stream
			.concat(Stream.of("--server.port=0", "--runnel.stream.shutdown-wait=0s"), Stream.of(settings))
			.toArray(String[]::new);
		return new RunningRunnel(new SpringApplicationBuilder(RunnelApplication.class)
			.initializers((context) -> beans.accept((GenericApplicationContext) context))
			.run(all));
	}

	public int port() {
		return this.context.getEnvironment().getRequiredProperty("local.server.port", int.class);
	}

	public String url(String path) {
		return "http://127.0.0.1:" + port() + path;
	}

	@Override
	public void close() {
		this.context.close();
	}

}
