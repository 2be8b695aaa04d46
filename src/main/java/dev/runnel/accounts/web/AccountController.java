package dev.runnel.accounts.web;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import dev.runnel.accounts.AccessKeys;
import dev.runnel.accounts.Accounts;
import dev.runnel.accounts.AuditLog;
import dev.runnel.accounts.Audited;
import dev.runnel.accounts.Audited.Action;
import dev.runnel.accounts.Browser;
import dev.runnel.accounts.IfPeopleSignIn;
import dev.runnel.accounts.Refusal;
import dev.runnel.accounts.Scope;
import dev.runnel.accounts.Sessions;
import dev.runnel.limits.SignInAttempts;
import dev.runnel.web.SignedIn;
import reactor.core.publisher.Mono;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;

/**
 * The own account: its password, the browsers in which it is signed in, its keys, and
 * what happened to it.
 */
@Controller
@IfPeopleSignIn
final class AccountController {

	private static final String PAGE = "/account";

	/** The most entries of the audit log on the page. */
	private static final int ENTRIES = 30;

	private final Accounts accounts;

	private final Sessions sessions;

	private final AccessKeys keys;

	private final AuditLog audit;

	private final SignInAttempts attempts;

	private final ApplicationEventPublisher events;

	AccountController(Accounts accounts, Sessions sessions, AccessKeys keys, AuditLog audit, SignInAttempts attempts,
			ApplicationEventPublisher events) {
		this.accounts = accounts;
		this.sessions = sessions;
		this.keys = keys;
		this.audit = audit;
		this.attempts = attempts;
		this.events = events;
	}

	@GetMapping(path = PAGE, produces = MediaType.TEXT_HTML_VALUE)
	Mono<Rendering> account(ServerWebExchange exchange) {
		boolean changed = exchange.getRequest().getQueryParams().containsKey("changed");
		return show(exchange, HttpStatus.OK, Map.of("changed", changed));
	}

	/** A stolen session must not help to guess the password. */
	@PostMapping(path = "/account/password", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
	Mono<Rendering> changePassword(ServerWebExchange exchange) {
		SignedIn person = SignedIn.of(exchange);
		this.attempts.count(Accounts.compared(person.name()));
		return exchange.getFormData()
			.flatMap((form) -> this.accounts
				.changePassword(person.account(), AccountPages.field(form, "current"),
						AccountPages.field(form, "password"), person.access(), Browser.of(exchange))
				.then(AccountPages.redirect("/account?changed")))
			.onErrorResume(Refusal.class, (refusal) -> refused(exchange, refusal));
	}

	@PostMapping(path = "/account/sessions", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
	Mono<Rendering> endSession(ServerWebExchange exchange) {
		SignedIn person = SignedIn.of(exchange);
		return exchange.getFormData()
			.flatMap((form) -> this.accounts.find(person.account())
				.flatMap((account) -> this.sessions.end(account, AccountPages.id(form)))
				.doOnSuccess((done) -> note(exchange, Action.SIGN_OUT, person, ""))
				.then(AccountPages.redirect(PAGE)));
	}

	/** Ends the own session too. This request forgets it first, so that it can answer. */
	@PostMapping(path = "/account/sessions/all", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
	Mono<Rendering> endAllSessions(ServerWebExchange exchange) {
		SignedIn person = SignedIn.of(exchange);
		return this.accounts.find(person.account()).flatMap((account) -> {
			exchange.getAttributes().remove(SignedIn.ATTRIBUTE);
			note(exchange, Action.SIGN_OUT, person, "");
			return this.sessions.endAll(account, null);
		}).then(AccountPages.redirect("/sign-in?ended"));
	}

	@PostMapping(path = "/account/keys", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
	Mono<Rendering> createKey(ServerWebExchange exchange) {
		SignedIn person = SignedIn.of(exchange);
		return exchange.getFormData()
			.flatMap((form) -> this.keys
				.create(person.account(), AccountPages.field(form, "name"), scopes(form), days(form))
				.doOnNext((key) -> note(exchange, Action.KEY, person, AccountPages.field(form, "name").strip())))
			.flatMap((key) -> show(exchange, HttpStatus.OK, Map.of("key", key.value())))
			.onErrorResume(Refusal.class, (refusal) -> refused(exchange, refusal));
	}

	@PostMapping(path = "/account/keys/delete", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
	Mono<Rendering> deleteKey(ServerWebExchange exchange) {
		SignedIn person = SignedIn.of(exchange);
		return exchange.getFormData()
			.flatMap((form) -> this.accounts.find(person.account())
				.flatMap((account) -> this.keys.delete(account, AccountPages.id(form))
					.doOnSuccess((done) -> note(exchange, Action.KEY_DELETE, person, AccountPages.field(form, "id"))))
				.then(AccountPages.redirect(PAGE)));
	}

	private void note(ServerWebExchange exchange, Action action, SignedIn person, String key) {
		this.events.publishEvent(new Audited(action, person.name(), key).by(person.account(), Browser.of(exchange)));
	}

	/** Ignores a value that is no scope; a key without a scope is refused. */
	private static Set<Scope> scopes(MultiValueMap<String, String> form) {
		List<String> chosen = form.getOrDefault("scope", List.of());
		return Set.of(Scope.values())
			.stream()
			.filter((scope) -> chosen.contains(scope.name()))
			.collect(Collectors.toUnmodifiableSet());
	}

	private static int days(MultiValueMap<String, String> form) {
		String days = AccountPages.field(form, "days");
		return days.matches("[0-9]{1,4}") ? Integer.parseInt(days) : 0;
	}

	private Mono<Rendering> refused(ServerWebExchange exchange, Refusal refusal) {
		return show(exchange, HttpStatus.BAD_REQUEST, Map.of(AccountPages.REFUSED, AccountPages.text(refusal)));
	}

	private Mono<Rendering> show(ServerWebExchange exchange, HttpStatus status, Map<String, ?> more) {
		SignedIn person = SignedIn.of(exchange);
		return Mono
			.zip(this.sessions.list(person.account()).collectList(), this.keys.list(person.account()).collectList(),
					this.accounts.hasPassword(person.account()),
					this.audit.lastOf(person.account(), ENTRIES).collectList())
			.flatMap((lists) -> {
				Map<String, Object> model = new HashMap<>(more);
				model.put("person", person);
				model.put("sessions", lists.getT1());
				model.put("keys", lists.getT2());
				model.put("password", lists.getT3());
				model.put("entries", lists.getT4());
				model.put("scopes", Scope.values());
				return AccountPages.show(exchange, "account", status, model);
			});
	}

}
