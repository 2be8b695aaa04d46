package dev.runnel.page;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

import dev.runnel.conversation.ConversationId;
import dev.runnel.models.Models;
import dev.runnel.upstream.Model;
import dev.runnel.upstream.ModelEndpoint;
import dev.runnel.web.FormToken;
import dev.runnel.web.MessageLimit;
import dev.runnel.web.ProblemException;
import dev.runnel.web.SignedIn;
import dev.runnel.web.Standing;
import dev.runnel.web.Visitor;
import org.jspecify.annotations.Nullable;
import org.thymeleaf.spring6.context.webflux.ReactiveDataDriverContextVariable;
import reactor.core.publisher.Mono;

import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;

/**
 * Serves the chat page: a new chat, or a conversation at its own address, beside the
 * visitor's list of conversations. Everything can be read without JavaScript.
 */
@Controller
final class PageController {

	/** How many messages are rendered before each part of the page is sent. */
	private static final int TURNS_AT_ONCE = 10;

	/** The same limit as for a search over the API. */
	private static final int MAX_QUERY_CHARS = 200;

	private final Assets assets;

	private final ScriptTexts texts;

	private final PageContent content;

	private final MessageLimit messageLimit;

	private final ModelEndpoint endpoint;

	private final Models models;

	PageController(Assets assets, ScriptTexts texts, PageContent content, MessageLimit messageLimit,
			ModelEndpoint endpoint, Models models) {
		this.assets = assets;
		this.texts = texts;
		this.content = content;
		this.messageLimit = messageLimit;
		this.endpoint = endpoint;
		this.models = models;
	}

	@GetMapping("/")
	String root() {
		return "redirect:/ai-demo";
	}

	@GetMapping(path = "/ai-demo", produces = MediaType.TEXT_HTML_VALUE)
	Mono<Rendering> newChat(Visitor visitor, @RequestParam(required = false) @Nullable String query, Locale locale,
			ServerWebExchange exchange) {
		return page(visitor, Mono.just(OpenConversation.NEW), query, locale, exchange);
	}

	@GetMapping(path = "/ai-demo/c/{id:[0-9a-fA-F-]{36}}", produces = MediaType.TEXT_HTML_VALUE)
	Mono<Rendering> conversation(Visitor visitor, @PathVariable UUID id,
			@RequestParam(required = false) @Nullable String query, Locale locale, ServerWebExchange exchange) {
		return page(visitor, this.content.conversation(visitor, exchange, new ConversationId(id)), query, locale,
				exchange);
	}

	private Mono<Rendering> page(Visitor visitor, Mono<OpenConversation> open, @Nullable String query, Locale locale,
			ServerWebExchange exchange) {
		check(query);
		Language language = PageLanguages.of(locale);
		ReaderClock clock = ReaderClock.of(exchange, language.locale());
		return Mono.zip(open, this.content.sideBar(visitor, clock, query), (conversation, sideBar) -> {
			SignedIn person = exchange.getAttribute(SignedIn.ATTRIBUTE);
			Optional<Model> answering = defaultModel(person);
			prepare(exchange, person);
			return Rendering.view("ai-demo")
				.modelAttribute("assets", this.assets)
				.modelAttribute("messageLimit", this.messageLimit.chars())
				.modelAttribute("endpoint", this.endpoint)
				.modelAttribute("defaultModel", answering.map(Model::id).orElse(""))
				.modelAttribute("defaultName", answering.map(Model::name).orElse(""))
				.modelAttribute("modelName", nameOf(conversation.model()))
				.modelAttribute("page", view(visitor, language, clock, exchange))
				.modelAttribute("conversation", conversation)
				.modelAttribute("turns", new ReactiveDataDriverContextVariable(conversation.turns(), TURNS_AT_ONCE))
				.modelAttribute("sideBar", sideBar)
				.build();
		});
	}

	private PageView view(Visitor visitor, Language language, ReaderClock clock, ServerWebExchange exchange) {
		FormToken token = exchange.getAttribute(FormToken.ATTRIBUTE);
		SignedIn person = exchange.getAttribute(SignedIn.ATTRIBUTE);
		return new PageView(language.tag(), language.direction(), this.texts.in(language), clock,
				(token != null) ? token.value() : null, (person != null) ? person.name() : null,
				person == null && !visitor.equals(Visitor.OWNER));
	}

	/**
	 * The model that answers by default, as far as it is known. Names no model that the
	 * person may not ask.
	 */
	private Optional<Model> defaultModel(@Nullable SignedIn person) {
		Models offered = this.models.of(Standing.of(person));
		return offered.find(offered.defaultModel())
			.or(() -> Optional.ofNullable(this.endpoint.model()).filter(offered::allowed).map(Model::of));
	}

	/** The name of a model, or its id if the name is unknown; empty without a model. */
	private String nameOf(@Nullable String model) {
		return Objects.requireNonNullElse(ShownBranch.nameOf(model, this.models), "");
	}

	private static void check(@Nullable String query) {
		if (query != null && query.length() > MAX_QUERY_CHARS) {
			throw ProblemException.field("query", "must have at most " + MAX_QUERY_CHARS + " characters");
		}
	}

	/**
	 * Browsers revalidate the page each time, because it names the version of the assets.
	 * They keep nothing of the page of somebody who has signed in.
	 */
	private static void prepare(ServerWebExchange exchange, @Nullable SignedIn person) {
		exchange.getResponse()
			.getHeaders()
			.setCacheControl((person != null) ? CacheControl.noStore() : CacheControl.noCache().cachePrivate());
	}

}
