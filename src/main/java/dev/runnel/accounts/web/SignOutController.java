package dev.runnel.accounts.web;

import java.util.Map;

import dev.runnel.accounts.IfPeopleSignIn;
import dev.runnel.accounts.OidcSettings;
import dev.runnel.accounts.ProviderSignOut;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;

/**
 * Leads a browser from a sign-out here to the provider, without JavaScript. Spring
 * Security has ended the session here before, and answers all other sign-outs.
 */
@Controller
@IfPeopleSignIn
final class SignOutController {

	private final OidcSettings oidc;

	SignOutController(OidcSettings oidc) {
		this.oidc = oidc;
	}

	@PostMapping(path = "/sign-out", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
	Mono<Rendering> goOn(ServerWebExchange exchange) {
		ProviderSignOut next = exchange.getRequiredAttribute(ProviderSignOut.ATTRIBUTE);
		return AccountPages.show(exchange, "sign-out", HttpStatus.OK,
				Map.of("next", next.address(), "provider", this.oidc.name()));
	}

}
