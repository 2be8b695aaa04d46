package dev.runnel.page;

import java.util.List;
import java.util.Optional;

import dev.runnel.memory.MemoryAccount;
import dev.runnel.memory.ResponseRoom;
import dev.runnel.models.Models;
import dev.runnel.upstream.Model;
import dev.runnel.upstream.ModelEndpoint;
import dev.runnel.upstream.ModelRoute;
import dev.runnel.web.FormToken;
import dev.runnel.web.MessageLimit;
import dev.runnel.web.Visitor;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.util.unit.DataSize;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.server.WebFilter;

/**
 * The page as the application serves it, on a free port of 127.0.0.1, with the strict
 * Content-Security-Policy and a {@link ScriptedChat} as its server. Started once for all
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

	/** Returns the path of the page's files. */
	String assets() {
		return this.running.context().getBean(Assets.class).path();
	}

	/**
	 * Omits the parts that write and store answers, which the test provides. The parts
	 * that show conversations are the application's own.
	 */
	@EnableAutoConfiguration
	@ComponentScan({ "dev.runnel.page", "dev.runnel.conversation.web", "dev.runnel.web" })
	static class Wiring {

	}

	/** The models that the scripted chat offers. */
	private static final class ScriptedModels implements Models {

		private static List<Model> list() {
			return List.of(named("small/model", "Small Model"), named("large/model", "Large Model"));
		}

		private static Model named(String id, String name) {
			return new Model(id, name, null, null, null, List.of("text"), false, false);
		}

		@Override
		public Optional<Model> find(String id) {
			return list().stream().filter((model) -> model.id().equals(id)).findFirst();
		}

		@Override
		public String defaultModel() {
			return list().get(0).id();
		}

		@Override
		public Mono<Void> ready() {
			return Mono.empty();
		}

		@Override
		public boolean offered(String id) {
			return find(id).isPresent();
		}

		@Override
		public boolean allowed(String id) {
			return true;
		}

		@Override
		public List<ModelRoute> routes(String id) {
			return List.of();
		}

	}

	private record Running(ConfigurableApplicationContext context, ScriptedChat chat) implements AutoCloseable {

		static Running start() {
			ScriptedChat chat = new ScriptedChat();
			ConfigurableApplicationContext context = new SpringApplicationBuilder(Wiring.class)
				.initializers((target) -> register((GenericApplicationContext) target, chat))
				.run("--server.port=0", "--server.address=127.0.0.1", "--spring.main.banner-mode=off",
						"--spring.config.location=optional:classpath:/none/",
						"--spring.messages.fallback-to-system-locale=false");
			return new Running(context, chat);
		}

		private static void register(GenericApplicationContext target, ScriptedChat chat) {
			target.registerBean(ScriptedConversations.class, () -> chat.conversations);
			target.registerBean(Models.class, ScriptedModels::new);
			target.registerBean(ModelEndpoint.class, () -> new ModelEndpoint("small/model", "127.0.0.1"));
			target.registerBean(MessageLimit.class, () -> new MessageLimit(32_000));
			target.registerBean(ResponseRoom.class,
					() -> new ResponseRoom(MemoryAccount.of(DataSize.ofMegabytes(256))));
			target.registerBean("visitor", WebFilter.class, () -> (exchange, chain) -> {
				exchange.getAttributes().put(Visitor.ATTRIBUTE, new Visitor("one"));
				exchange.getAttributes().put(FormToken.ATTRIBUTE, new FormToken("token"));
				return chain.filter(exchange);
			});
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
