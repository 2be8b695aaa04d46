package dev.runnel.page;

import java.util.function.Consumer;
import java.util.stream.Stream;

import dev.runnel.RunnelApplication;
import dev.runnel.accounts.QuickPasswords;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/**
 * The whole application, on a free port of 127.0.0.1 unless a port is given. Its
 * passwords have few iterations.
 */
public record RunningRunnel(ConfigurableApplicationContext context) implements AutoCloseable {

	/** Starts it with these settings, each in the form {@code --name=value}. */
	public static RunningRunnel start(String... settings) {
		return startWith((context) -> {
		}, settings);
	}

	/** Starts it with these settings and with beans of the test. */
	static RunningRunnel startWith(Consumer<GenericApplicationContext> beans, String... settings) {
		String[] all = Stream
			.concat(Stream.of("--server.port=0", "--runnel.stream.shutdown-wait=0s"), Stream.of(settings))
			.toArray(String[]::new);
		return new RunningRunnel(new SpringApplicationBuilder(RunnelApplication.class)
			.initializers((context) -> register((GenericApplicationContext) context, beans))
			.run(all));
	}

	private static void register(GenericApplicationContext context, Consumer<GenericApplicationContext> beans) {
		QuickPasswords.use(context);
		beans.accept(context);
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
