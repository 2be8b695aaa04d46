package dev.runnel.page;

import java.util.Locale;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import org.springframework.context.i18n.LocaleContext;
import org.springframework.context.i18n.SimpleLocaleContext;
import org.springframework.http.HttpCookie;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.i18n.AcceptHeaderLocaleContextResolver;
import org.springframework.web.server.i18n.LocaleContextResolver;

/**
 * Chooses the language of the page: the query parameter ({@code ?lang=de}), else the
 * cookie with the reader's last choice, else the preferred available language of the
 * browser, else English.
 */
final class PageLanguages implements LocaleContextResolver {

	/** The name of the query parameter and of the cookie. */
	static final String NAME = "lang";

	/**
	 * The longest list of a browser's languages, in characters. A longer one counts as
	 * none, because the time to read it grows with the square of its length.
	 */
	private static final int MAX_CHARS = 1000;

	private final AcceptHeaderLocaleContextResolver browser = new AcceptHeaderLocaleContextResolver();

	PageLanguages() {
		this.browser.setSupportedLocales(Language.locales());
		this.browser.setDefaultLocale(Language.ENGLISH.locale());
	}

	@Override
	public LocaleContext resolveLocaleContext(ServerWebExchange exchange) {
		return asked(exchange).or(() -> chosen(exchange))
			.<LocaleContext>map((language) -> new SimpleLocaleContext(language.locale()))
			.orElseGet(() -> preferred(exchange));
	}

	private LocaleContext preferred(ServerWebExchange exchange) {
		String languages = exchange.getRequest().getHeaders().getFirst(HttpHeaders.ACCEPT_LANGUAGE);
		return (languages != null && languages.length() > MAX_CHARS)
				? new SimpleLocaleContext(Language.ENGLISH.locale()) : this.browser.resolveLocaleContext(exchange);
	}

	@Override
	public void setLocaleContext(ServerWebExchange exchange, @Nullable LocaleContext context) {
		throw new UnsupportedOperationException("The reader chooses");
	}

	/** The language that the query parameter names. */
	static Optional<Language> asked(ServerWebExchange exchange) {
		return Language.of(exchange.getRequest().getQueryParams().getFirst(NAME));
	}

	private static Optional<Language> chosen(ServerWebExchange exchange) {
		HttpCookie cookie = exchange.getRequest().getCookies().getFirst(NAME);
		return (cookie != null) ? Language.of(cookie.getValue()) : Optional.empty();
	}

	/**
	 * The language of this request.
	 * @param locale the resolved locale of the request; null for the default
	 * @return the language for that locale, English if the page does not have it
	 */
	static Language of(@Nullable Locale locale) {
		return Language.of((locale != null) ? locale.getLanguage() : null).orElse(Language.ENGLISH);
	}

}
