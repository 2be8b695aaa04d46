package dev.runnel.page;

import java.util.function.Consumer;
import java.util.stream.Stream;

import dev.runnel.RunnelApplication;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.http.client.ReactorResourceFactory;

/**
 * The whole application, on a free port of 127.0.0.1 where no other is asked for.
 */
record RunningRunnel(ConfigurableApplicationContext context) implements AutoCloseable {

	/** Starts it with these settings, each {@code --name=value}. */
	static RunningRunnel start(String... settings) {
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

	/**
	 * By default all servers of a process share Netty's threads, and the first that is
	 * closed takes them from the others. Runnel has its own; this is for what is only a
	 * part of it.
	 */
	static void useOwnThreads(GenericApplicationContext context) {
		context.registerBean(ReactorResourceFactory.class, () -> {
			ReactorResourceFactory resources = new ReactorResourceFactory();
			resources.setUseGlobalResources(false);
			return resources;
		});
	}

	int port() {
		return this.context.getEnvironment().getRequiredProperty("local.server.port", int.class);
	}

	String url(String path) {
		return "http://127.0.0.1:" + port() + path;
	}

	@Override
	public void close() {
		this.context.close();
	}

}
