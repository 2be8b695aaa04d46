package dev.runnel.accounts.web;

import java.util.Locale;
import java.util.Map;

import dev.runnel.accounts.IfPeopleSignIn;
import dev.runnel.accounts.LinkPurpose;
import dev.runnel.accounts.Links;
import dev.runnel.accounts.Refusal;
import dev.runnel.accounts.Token;
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
 * The pages behind links that work once: the first account, an invitation, a new
 * password. Opening a page does not use its link, because programs that preview messages
 * open links.
 */
@Controller
@IfPeopleSignIn
final class LinkController {

	private final Links links;

	LinkController(Links links) {
		this.links = links;
	}

	@GetMapping(path = "/setup", produces = MediaType.TEXT_HTML_VALUE)
	Mono<Rendering> setup(ServerWebExchange exchange) {
		return open(exchange, LinkPurpose.SETUP);
	}

	@PostMapping(path = "/setup", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
	Mono<Rendering> createFirst(ServerWebExchange exchange) {
		return join(exchange, LinkPurpose.SETUP);
	}

	@GetMapping(path = "/invitation", produces = MediaType.TEXT_HTML_VALUE)
	Mono<Rendering> invitation(ServerWebExchange exchange) {
		return open(exchange, LinkPurpose.INVITATION);
	}

	@PostMapping(path = "/invitation", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
	Mono<Rendering> accept(ServerWebExchange exchange) {
		return join(exchange, LinkPurpose.INVITATION);
	}

	@GetMapping(path = "/password", produces = MediaType.TEXT_HTML_VALUE)
	Mono<Rendering> password(ServerWebExchange exchange) {
		return open(exchange, LinkPurpose.PASSWORD);
	}

	@PostMapping(path = "/password", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
	Mono<Rendering> changePassword(ServerWebExchange exchange) {
		return exchange.getFormData()
			.flatMap((form) -> this.links.changePassword(AccountPages.link(form), AccountPages.field(form, "password"))
				.then(AccountPages.redirect("/sign-in?joined"))
				.onErrorResume(Refusal.class, (refusal) -> again(exchange, LinkPurpose.PASSWORD, form, refusal)));
	}

	private Mono<Rendering> open(ServerWebExchange exchange, LinkPurpose purpose) {
		Token link = AccountPages.link(exchange.getRequest().getQueryParams());
		return this.links.isOpen(purpose, link)
			.flatMap((open) -> open ? show(exchange, purpose, HttpStatus.OK, link, "", "")
					: AccountPages.closed(exchange));
	}

	private Mono<Rendering> join(ServerWebExchange exchange, LinkPurpose purpose) {
		return exchange.getFormData()
			.flatMap((form) -> this.links
				.join(purpose, AccountPages.link(form), AccountPages.field(form, "username"),
						AccountPages.field(form, "password"))
				.then(AccountPages.redirect("/sign-in?joined"))
				.onErrorResume(Refusal.class, (refusal) -> again(exchange, purpose, form, refusal)));
	}

	/** Shows the form again with the reason and the name, but without the password. */
	private static Mono<Rendering> again(ServerWebExchange exchange, LinkPurpose purpose,
			MultiValueMap<String, String> form, Refusal refusal) {
		return (refusal.reason() == Refusal.Reason.LINK) ? AccountPages.closed(exchange)
				: show(exchange, purpose, HttpStatus.BAD_REQUEST, AccountPages.link(form),
						AccountPages.field(form, "username"), AccountPages.text(refusal));
	}

	private static Mono<Rendering> show(ServerWebExchange exchange, LinkPurpose purpose, HttpStatus status, Token link,
			String name, String refused) {
		return AccountPages.show(exchange, "link", status,
				Map.of("purpose", purpose.name(), "page", "/" + purpose.name().toLowerCase(Locale.ROOT),
						AccountPages.LINK, link.value(), "name", name, AccountPages.REFUSED, refused));
	}

}
