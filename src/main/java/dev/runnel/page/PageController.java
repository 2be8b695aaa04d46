package dev.runnel.page;

import java.time.Duration;
import java.util.Locale;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseCookie;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.server.ServerWebExchange;

/**
 * Serves the chat page, and the same page for each conversation's own address.
 */
@Controller
final class PageController {

	private static final Duration LANGUAGE_AGE = Duration.ofDays(365);

	private final Assets assets;

	private final ScriptTexts texts;

	private final int messageLimit;

	/**
	 * Creates it.
	 * @param messageLimit the longest message, in UTF-16 units: what the chat refuses the
	 * page tells before
	 */
	PageController(Assets assets, ScriptTexts texts,
			@Value("${runnel.chat.max-message-chars:32000}") int messageLimit) {
		this.assets = assets;
		this.texts = texts;
		this.messageLimit = messageLimit;
	}

	@GetMapping("/")
	String root() {
		return "redirect:/ai-demo";
	}

	/** Browsers ask again for the page each time: it says which assets go with it. */
	@GetMapping({ "/ai-demo", "/ai-demo/c/{id:[0-9a-fA-F-]{36}}" })
	String page(Model model, Locale locale, ServerWebExchange exchange) {
		Language language = PageLanguages.of(locale);
		ServerHttpResponse response = exchange.getResponse();
		PageLanguages.asked(exchange).map(PageController::remembered).ifPresent(response::addCookie);
		response.getHeaders().setCacheControl(CacheControl.noCache().cachePrivate());
		model.addAttribute("assets", this.assets);
		model.addAttribute("messageLimit", this.messageLimit);
		model.addAttribute("page", new PageView(language.tag(), language.direction(), this.texts.in(language)));
		return "ai-demo";
	}

	/** A script may read and change it: it is a preference and no more. */
	private static ResponseCookie remembered(Language language) {
		return ResponseCookie.from(PageLanguages.NAME, language.tag())
			.path("/")
			.sameSite("Lax")
			.maxAge(LANGUAGE_AGE)
			.build();
	}

}
