package dev.runnel.accounts.web;

import java.util.Map;

import dev.runnel.accounts.IfPeopleSignIn;
import dev.runnel.accounts.LeftChats;
import dev.runnel.conversation.Libraries;
import dev.runnel.web.SignedIn;
import dev.runnel.web.Visitor;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;

/**
 * Offers the conversations that a browser had before people had to sign in. Only the
 * browser that holds their cookie can take them over.
 */
@Controller
@IfPeopleSignIn
final class EarlierController {

	private final Libraries libraries;

	EarlierController(Libraries libraries) {
		this.libraries = libraries;
	}

	@GetMapping(path = "/account/earlier", produces = MediaType.TEXT_HTML_VALUE)
	Mono<Rendering> offer(ServerWebExchange exchange) {
		Visitor browser = exchange.getRequiredAttribute(SignedIn.BROWSER);
		return this.libraries.hasConversations(browser)
			.flatMap((earlier) -> earlier
					? AccountPages.show(exchange, "earlier", HttpStatus.OK, Map.of("person", SignedIn.of(exchange)))
					: AccountPages.redirect("/ai-demo"));
	}

	@PostMapping(path = "/account/earlier", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
	Mono<Rendering> takeOver(ServerWebExchange exchange) {
		Visitor browser = exchange.getRequiredAttribute(SignedIn.BROWSER);
		return this.libraries.handOver(browser, SignedIn.of(exchange).visitor())
			.then(AccountPages.redirect("/ai-demo"));
	}

	/** The page still shows the offer, but no sign-in of the account leads to it. */
	@PostMapping(path = "/account/earlier/leave", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
	Mono<Rendering> leave(ServerWebExchange exchange) {
		Visitor browser = exchange.getRequiredAttribute(SignedIn.BROWSER);
		LeftChats.leave(exchange, browser, SignedIn.of(exchange).account());
		return AccountPages.redirect("/ai-demo");
	}

}
