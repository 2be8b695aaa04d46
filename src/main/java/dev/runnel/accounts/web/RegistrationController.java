package dev.runnel.accounts.web;

import java.util.Map;

import dev.runnel.accounts.Accounts;
import dev.runnel.accounts.IfPeopleSignIn;
import dev.runnel.accounts.Refusal;
import dev.runnel.accounts.Registration;
import dev.runnel.limits.SignInAttempts;
import dev.runnel.web.ProblemException;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;

/**
 * The form with which people create an account without an invitation. It is there only if
 * the settings allow it. An attempt counts as one to sign in with this name, because it
 * costs as much and tells whether the name is taken.
 */
@Controller
@IfPeopleSignIn
final class RegistrationController {

	private static final String PAGE = "/registration";

	private final Registration registration;

	private final SignInAttempts attempts;

	RegistrationController(Registration registration, SignInAttempts attempts) {
		this.registration = registration;
		this.attempts = attempts;
	}

	@GetMapping(path = PAGE, produces = MediaType.TEXT_HTML_VALUE)
	Mono<Rendering> form(ServerWebExchange exchange) {
		return ifOpen(show(exchange, HttpStatus.OK, "", ""));
	}

	@PostMapping(path = PAGE, consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
	Mono<Rendering> join(ServerWebExchange exchange) {
		return ifOpen(Mono.defer(exchange::getFormData).flatMap((form) -> join(exchange, form)));
	}

	private Mono<Rendering> join(ServerWebExchange exchange, MultiValueMap<String, String> form) {
		String name = AccountPages.field(form, "username");
		return this.attempts.count(Accounts.compared(name))
			.then(Mono.defer(() -> this.registration.join(name, AccountPages.field(form, "password"))))
			.then(AccountPages.redirect("/sign-in?joined"))
			.onErrorResume(Refusal.class,
					(refusal) -> show(exchange, HttpStatus.BAD_REQUEST, name, AccountPages.text(refusal)));
	}

	private Mono<Rendering> ifOpen(Mono<Rendering> page) {
		return this.registration.isOpen() ? page : Mono.error(() -> ProblemException.notFound("page"));
	}

	private static Mono<Rendering> show(ServerWebExchange exchange, HttpStatus status, String name, String refused) {
		return AccountPages.show(exchange, "link", status,
				Map.of("purpose", "REGISTRATION", "page", PAGE, "name", name, AccountPages.REFUSED, refused));
	}

}
