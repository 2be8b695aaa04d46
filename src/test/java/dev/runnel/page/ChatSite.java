package dev.runnel.page;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.server.WebFilter;

/**
 * The page as the application serves it, on a free port of 127.0.0.1, under the strict
 * Content-Security-Policy and with a {@link ScriptedChat} behind it. Started once for all
 * tests.
 */
final class ChatSite implements BeforeAllCallback, BeforeEachCallback {

	private static final String POLICY = "default-src 'self'; script-src 'self'; style-src 'self'; connect-src 'self'; "
			+ "img-src 'self' data:; manifest-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

	private Running running;

	@Override
	public void beforeAll(ExtensionContext context) {
		this.running = context.getRoot()
			.getStore(Namespace.create(ChatSite.class))
			.computeIfAbsent(Running.class, (key) -> Running.start(), Running.class);
	}

	@Override
	public void beforeEach(ExtensionContext context) {
		chat().reset();
	}

	ScriptedChat chat() {
		return this.running.chat();
	}

	String url(String path) {
		return "http://127.0.0.1:" + this.running.context().getEnvironment().getProperty("local.server.port") + path;
	}

	/** Leaves out what the other features bring: the page is tested by itself. */
	@EnableAutoConfiguration
	static class Wiring {

	}

	private record Running(ConfigurableApplicationContext context, ScriptedChat chat) implements AutoCloseable {

		static Running start() {
			ScriptedChat chat = new ScriptedChat();
			ConfigurableApplicationContext context = new SpringApplicationBuilder(Wiring.class, PageController.class,
					PageConfiguration.class)
				.initializers((target) -> register((GenericApplicationContext) target, chat))
				.run("--server.port=0", "--server.address=127.0.0.1", "--spring.main.banner-mode=off",
						"--spring.config.location=optional:classpath:/none/",
						"--spring.messages.fallback-to-system-locale=false");
			return new Running(context, chat);
		}

		private static void register(GenericApplicationContext target, ScriptedChat chat) {
			RunningRunnel.useOwnThreads(target);
			target.registerBean("routes", RouterFunction.class, chat::routes);
			target.registerBean("policy", WebFilter.class, () -> (exchange, chain) -> {
				exchange.getResponse().getHeaders().set("Content-Security-Policy", POLICY);
				return chain.filter(exchange);
			});
		}

		@Override
		public void close() {
			this.context.close();
		}

	}

}
