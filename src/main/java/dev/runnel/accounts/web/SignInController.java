package dev.runnel.accounts.web;

import java.util.List;
import java.util.Map;

import dev.runnel.accounts.Accounts;
import dev.runnel.accounts.IfPeopleSignIn;
import dev.runnel.accounts.OidcSettings;
import dev.runnel.accounts.Registration;
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
 * Shows the form to sign in, and the form with which somebody who has signed in confirms
 * it. Spring Security handles the sent forms. A confirmation is a new sign-in, so it gets
 * a new session.
 */
@Controller
@IfPeopleSignIn
final class SignInController {

	/** The query parameters after a sign-in that failed. */
	private static final List<String> REASONS = List.of("failed", "refused", "broken");

	/** The attribute of a page with the path to go on to. */
	private static final String TARGET = "target";

	/** The attribute of a page with the name of the provider; empty for none. */
	private static final String PROVIDER = "provider";

	private final OidcSettings oidc;

	private final Accounts accounts;

	private final Registration registration;

	SignInController(OidcSettings oidc, Accounts accounts, Registration registration) {
		this.oidc = oidc;
		this.accounts = accounts;
		this.registration = registration;
	}

	@GetMapping(path = "/sign-in", produces = MediaType.TEXT_HTML_VALUE)
	Mono<Rendering> form(ServerWebExchange exchange) {
		MultiValueMap<String, String> query = exchange.getRequest().getQueryParams();
		if (exchange.getAttribute(SignedIn.ATTRIBUTE) instanceof SignedIn person) {
			return (query.containsKey("confirm") || !refused(query).isEmpty()) ? confirmation(exchange, person, query)
					: AccountPages.redirect("/ai-demo");
		}
		return AccountPages.show(exchange, "sign-in", HttpStatus.OK,
				Map.of(AccountPages.REFUSED, refused(query), "ended", query.containsKey("ended"), "deleted",
						query.containsKey("deleted"), "joined", query.containsKey("joined"), TARGET,
						AccountPages.field(query, "continue"), "passwords", this.accounts.usePasswords(),
						"registration", this.registration.isOpen(), PROVIDER, provider()));
	}

	private Mono<Rendering> confirmation(ServerWebExchange exchange, SignedIn person,
			MultiValueMap<String, String> query) {
		return this.accounts.hasPassword(person.account())
			.flatMap((password) -> AccountPages.show(exchange, "confirm", HttpStatus.OK,
					Map.of("person", person, AccountPages.REFUSED, refused(query), "password", password, TARGET,
							AccountPages.field(query, "continue"), PROVIDER, password ? "" : provider())));
	}

	private String provider() {
		return this.oidc.isOn() ? this.oidc.name() : "";
	}

	/**
	 * Returns the key of the text that explains a failed sign-in; empty if none failed.
	 */
	private static String refused(MultiValueMap<String, String> query) {
		return REASONS.stream().filter(query::containsKey).findFirst().map("signIn."::concat).orElse("");
	}

}
