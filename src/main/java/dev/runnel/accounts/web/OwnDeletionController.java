package dev.runnel.accounts.web;

import java.util.Map;

import dev.runnel.accounts.AccountDeletion;
import dev.runnel.accounts.IfPeopleSignIn;
import dev.runnel.accounts.Refusal;
import dev.runnel.web.SignedIn;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;

/**
 * Deletes the own account. The page asks first, because a deletion is final.
 */
@Controller
@IfPeopleSignIn
final class OwnDeletionController {

	private static final String PAGE = "/account/delete";

	private final AccountDeletion deletion;

	OwnDeletionController(AccountDeletion deletion) {
		this.deletion = deletion;
	}

	@GetMapping(path = PAGE, produces = MediaType.TEXT_HTML_VALUE)
	Mono<Rendering> ask(ServerWebExchange exchange) {
		return show(exchange, SignedIn.of(exchange), HttpStatus.OK, "");
	}

	/** The session ends too. This request forgets it first, so that it can answer. */
	@PostMapping(path = PAGE, consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
	Mono<Rendering> delete(ServerWebExchange exchange) {
		SignedIn person = SignedIn.of(exchange);
		exchange.getAttributes().remove(SignedIn.ATTRIBUTE);
		return this.deletion.deleteOwn(person.account())
			.then(AccountPages.redirect("/sign-in?deleted"))
			.onErrorResume(Refusal.class,
					(refusal) -> show(exchange, person, HttpStatus.CONFLICT, AccountPages.text(refusal)));
	}

	private static Mono<Rendering> show(ServerWebExchange exchange, SignedIn person, HttpStatus status,
			String refused) {
		return AccountPages.show(exchange, "delete-own", status,
				Map.of("person", person, AccountPages.REFUSED, refused));
	}

}
