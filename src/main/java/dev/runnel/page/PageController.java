package dev.runnel.page;

import java.time.Duration;
import java.util.Locale;
import java.util.UUID;

import dev.runnel.conversation.ConversationId;
import dev.runnel.upstream.ModelEndpoint;
import dev.runnel.web.FormToken;
import dev.runnel.web.MessageLimit;
import dev.runnel.web.ProblemException;
import dev.runnel.web.SignedIn;
import dev.runnel.web.Visitor;
import org.jspecify.annotations.Nullable;
import org.thymeleaf.spring6.context.webflux.ReactiveDataDriverContextVariable;
import reactor.core.publisher.Mono;

import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseCookie;
import org.springframework.http.server.reactive.ServerHttpResponse;
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

	private static final Duration LANGUAGE_AGE = Duration.ofDays(365);

	/** How many messages are rendered before each part of the page is sent. */
	private static final int TURNS_AT_ONCE = 10;

	/** The same limit as for a search over the API. */
	private static final int MAX_QUERY_CHARS = 200;

	private final Assets assets;

	private final ScriptTexts texts;

	private final PageContent content;

	private final MessageLimit messageLimit;

	private final ModelEndpoint endpoint;

	PageController(Assets assets, ScriptTexts texts, PageContent content, MessageLimit messageLimit,
			ModelEndpoint endpoint) {
		this.assets = assets;
		this.texts = texts;
		this.content = content;
		this.messageLimit = messageLimit;
		this.endpoint = endpoint;
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
			FormToken token = exchange.getAttribute(FormToken.ATTRIBUTE);
			SignedIn person = exchange.getAttribute(SignedIn.ATTRIBUTE);
			prepare(exchange, person);
			return Rendering.view("ai-demo")
				.modelAttribute("assets", this.assets)
				.modelAttribute("messageLimit", this.messageLimit.chars())
				.modelAttribute("endpoint", this.endpoint)
				.modelAttribute("page",
						new PageView(language.tag(), language.direction(), this.texts.in(language), clock,
								(token != null) ? token.value() : null, (person != null) ? person.name() : null))
				.modelAttribute("conversation", conversation)
				.modelAttribute("turns", new ReactiveDataDriverContextVariable(conversation.turns(), TURNS_AT_ONCE))
				.modelAttribute("sideBar", sideBar)
				.build();
		});
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
		ServerHttpResponse response = exchange.getResponse();
		PageLanguages.asked(exchange).map((language) -> remembered(language, exchange)).ifPresent(response::addCookie);
		response.getHeaders()
			.setCacheControl((person != null) ? CacheControl.noStore() : CacheControl.noCache().cachePrivate());
	}

	/** Scripts may read and change this cookie, because it holds only a preference. */
	private static ResponseCookie remembered(Language language, ServerWebExchange exchange) {
		return ResponseCookie.from(PageLanguages.NAME, language.tag())
			.path(exchange.getRequest().getPath().contextPath().value() + "/")
			.sameSite("Lax")
			.maxAge(LANGUAGE_AGE)
			.build();
	}

}
