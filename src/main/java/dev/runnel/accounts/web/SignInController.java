package dev.runnel.accounts.web;

import java.util.List;
import java.util.Map;

import dev.runnel.accounts.IfPeopleSignIn;
import dev.runnel.accounts.OidcSettings;
import dev.runnel.web.SignedIn;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;

/**
 * Shows the form to sign in. Spring Security handles the sent form.
 */
@Controller
@IfPeopleSignIn
final class SignInController {

	/** The query parameters after a sign-in that failed. */
	private static final List<String> REASONS = List.of("failed", "refused", "broken");

	private final OidcSettings oidc;

	SignInController(OidcSettings oidc) {
		this.oidc = oidc;
	}

	@GetMapping(path = "/sign-in", produces = MediaType.TEXT_HTML_VALUE)
	Mono<Rendering> form(ServerWebExchange exchange) {
		if (exchange.getAttribute(SignedIn.ATTRIBUTE) != null) {
			return AccountPages.leadTo("/ai-demo");
		}
		MultiValueMap<String, String> query = exchange.getRequest().getQueryParams();
		return AccountPages.show(exchange, "sign-in", HttpStatus.OK,
				Map.of("refused", refused(query), "ended", query.containsKey("ended"), "joined",
						query.containsKey("joined"), "target", AccountPages.field(query, "continue"), "provider",
						this.oidc.isOn() ? this.oidc.name() : ""));
	}

	/**
	 * Returns the key of the text that explains a failed sign-in; empty if none failed.
	 */
	private static String refused(MultiValueMap<String, String> query) {
		return REASONS.stream().filter(query::containsKey).findFirst().map("signIn."::concat).orElse("");
	}

}
