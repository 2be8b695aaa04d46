package dev.runnel.accounts.web;

import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import dev.runnel.accounts.Refusal;
import dev.runnel.accounts.Token;
import dev.runnel.web.ProblemException;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.web.server.csrf.CsrfToken;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;

/**
 * Shared parts of the pages about accounts.
 */
final class AccountPages {

	/** The attribute of a page with the reason of a refusal. */
	static final String REFUSED = "refused";

	/** The query parameter and the form field with the token of a link. */
	static final String LINK = "link";

	private AccountPages() {
	}

	/**
	 * Shows a page.
	 * @param exchange the request
	 * @param view the name of its template
	 * @param status the status of the response
	 * @param model the values of the template, besides those that all have
	 * @return the page
	 */
	static Mono<Rendering> show(ServerWebExchange exchange, String view, HttpStatus status, Map<String, ?> model) {
		Mono<CsrfToken> token = exchange.getRequiredAttribute(CsrfToken.class.getName());
		return token.map((shown) -> Rendering.view("account/" + view)
			.status(status)
			.model(model)
			.modelAttribute("token", shown.getToken())
			.modelAttribute("reader", ReaderWords.of(exchange))
			.build());
	}

	/** Says that a link was used, has expired, or never existed. */
	static Mono<Rendering> closed(ServerWebExchange exchange) {
		return show(exchange, "closed", HttpStatus.GONE, Map.of());
	}

	/**
	 * Redirects to a page, so that a reload sends no form again.
	 * @param path a path of this server
	 * @return the redirect
	 */
	static Mono<Rendering> redirect(String path) {
		return Mono.fromSupplier(() -> Rendering.redirectTo(path).build());
	}

	static String field(MultiValueMap<String, String> form, String name) {
		return Objects.requireNonNullElse(form.getFirst(name), "");
	}

	static Token link(MultiValueMap<String, String> values) {
		return new Token(field(values, LINK));
	}

	static UUID id(MultiValueMap<String, String> form) {
		try {
			return UUID.fromString(field(form, "id"));
		}
		catch (IllegalArgumentException ex) {
			throw ProblemException.field("id", "must be an id of this page");
		}
	}

	/**
	 * Returns the address of a link, as the browser reaches this server.
	 * @param request the request
	 * @param path the path of the page
	 * @param token the token of the link
	 * @return the address
	 */
	static String address(ServerHttpRequest request, String path, Token token) {
		return request.getURI().getScheme() + "://" + request.getURI().getRawAuthority()
				+ request.getPath().contextPath().value() + path + "?" + LINK + "=" + token.value();
	}

	/** The key of the text that names the reason. */
	static String text(Refusal refusal) {
		return "account.refused." + refusal.reason().name();
	}

}
