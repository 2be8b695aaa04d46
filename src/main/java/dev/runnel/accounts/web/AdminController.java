package dev.runnel.accounts.web;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import dev.runnel.accounts.AccountDeletion;
import dev.runnel.accounts.Accounts;
import dev.runnel.accounts.Audited;
import dev.runnel.accounts.Audited.Action;
import dev.runnel.accounts.IfPeopleSignIn;
import dev.runnel.accounts.Links;
import dev.runnel.accounts.Refusal;
import dev.runnel.accounts.Role;
import dev.runnel.backup.BackupDownloads;
import dev.runnel.models.CatalogueSettings;
import dev.runnel.web.ProblemException;
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
 * The page with all accounts, for admins: invitations, links to a new password, roles,
 * sign-out, lock-out and deletion, the models of users, and a backup to download. It
 * shows no conversation of anybody.
 */
@Controller
@IfPeopleSignIn
final class AdminController {

	private static final String PAGE = "/admin";

	/** The most accounts on one page. */
	private static final int ACCOUNTS = 100;

	private final Accounts accounts;

	private final Links links;

	private final AccountDeletion deletion;

	private final BackupDownloads backups;

	private final CatalogueSettings models;

	private final ApplicationEventPublisher events;

	AdminController(Accounts accounts, Links links, AccountDeletion deletion, BackupDownloads backups,
			CatalogueSettings models, ApplicationEventPublisher events) {
		this.accounts = accounts;
		this.links = links;
		this.deletion = deletion;
		this.backups = backups;
		this.models = models;
		this.events = events;
	}

	@GetMapping(path = PAGE, produces = MediaType.TEXT_HTML_VALUE)
	Mono<Rendering> accounts(ServerWebExchange exchange) {
		return show(exchange, HttpStatus.OK, Map.of());
	}

	@PostMapping(path = "/admin/invitations", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
	Mono<Rendering> invite(ServerWebExchange exchange) {
		return exchange.getFormData()
			.map((form) -> "ADMIN".equals(form.getFirst("role")) ? Role.ADMIN : Role.USER)
			.flatMap((role) -> this.links.invite(SignedIn.of(exchange).account(), role)
				.doOnNext((token) -> note(exchange, Action.INVITE, "", role.name())))
			.flatMap((token) -> show(exchange, HttpStatus.OK,
					Map.of("invitation", AccountPages.address(exchange.getRequest(), "/invitation", token))))
			.onErrorResume(Refusal.class, (refusal) -> refused(exchange, refusal));
	}

	@PostMapping(path = "/admin/passwords", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
	Mono<Rendering> newPassword(ServerWebExchange exchange) {
		return exchange.getFormData()
			.flatMap((form) -> this.accounts.find(AccountPages.id(form)))
			.switchIfEmpty(Mono.error(() -> ProblemException.notFound("account")))
			.flatMap((account) -> this.links.newPassword(SignedIn.of(exchange).account(), account.id())
				.doOnNext((token) -> this.events
					.publishEvent(new Audited(Action.PASSWORD_LINK, SignedIn.of(exchange).name(), account.name())
						.to(account.id())))
				.flatMap((token) -> show(exchange, HttpStatus.OK,
						Map.of("reset", AccountPages.address(exchange.getRequest(), "/password", token), "resetName",
								account.name()))))
			.onErrorResume(Refusal.class, (refusal) -> refused(exchange, refusal));
	}

	@PostMapping(path = "/admin/accounts", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
	Mono<Rendering> change(ServerWebExchange exchange) {
		UUID admin = SignedIn.of(exchange).account();
		return exchange.getFormData()
			.flatMap((form) -> change(admin, form).then(AccountPages.redirect(PAGE)))
			.onErrorResume(Refusal.class, (refusal) -> refused(exchange, refusal));
	}

	/** Asks first, because a deletion is final. */
	@GetMapping(path = "/admin/delete", produces = MediaType.TEXT_HTML_VALUE)
	Mono<Rendering> askBeforeDeletion(ServerWebExchange exchange) {
		return this.accounts.find(AccountPages.id(exchange.getRequest().getQueryParams()))
			.switchIfEmpty(Mono.error(() -> ProblemException.notFound("account")))
			.flatMap((account) -> AccountPages.show(exchange, "delete", HttpStatus.OK,
					Map.of("person", SignedIn.of(exchange), "account", account)));
	}

	@PostMapping(path = "/admin/delete", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
	Mono<Rendering> delete(ServerWebExchange exchange) {
		UUID admin = SignedIn.of(exchange).account();
		return exchange.getFormData()
			.flatMap((form) -> this.deletion.delete(admin, AccountPages.id(form)).then(AccountPages.redirect(PAGE)))
			.onErrorResume(Refusal.class, (refusal) -> refused(exchange, refusal));
	}

	private void note(ServerWebExchange exchange, Action action, String subject, String detail) {
		this.events.publishEvent(new Audited(action, SignedIn.of(exchange).name(), subject, detail));
	}

	private Mono<Rendering> refused(ServerWebExchange exchange, Refusal refusal) {
		return show(exchange, HttpStatus.CONFLICT, Map.of(AccountPages.REFUSED, AccountPages.text(refusal)));
	}

	private Mono<Void> change(UUID admin, MultiValueMap<String, String> form) {
		UUID id = AccountPages.id(form);
		return switch (AccountPages.field(form, "change")) {
			case "admin" -> this.accounts.changeRole(admin, id, Role.ADMIN);
			case "user" -> this.accounts.changeRole(admin, id, Role.USER);
			case "disable" -> this.accounts.disable(admin, id, true);
			case "enable" -> this.accounts.disable(admin, id, false);
			case "sign-out" -> this.accounts.endSessions(admin, id);
			default -> Mono.error(ProblemException.field("change", "must be admin, user, disable, enable or sign-out"));
		};
	}

	private Mono<Rendering> show(ServerWebExchange exchange, HttpStatus status, Map<String, ?> more) {
		SignedIn person = SignedIn.of(exchange);
		MultiValueMap<String, String> query = exchange.getRequest().getQueryParams();
		UUID after = query.containsKey("id") ? AccountPages.id(query) : null;
		return this.accounts.page(after, ACCOUNTS + 1).collectList().flatMap((accounts) -> {
			Map<String, Object> model = new HashMap<>(more);
			model.put("person", person);
			model.put("passwords", this.accounts.usePasswords());
			model.put("backup", this.backups.areOffered());
			model.put("models", this.models);
			model.put("accounts", accounts.subList(0, Math.min(accounts.size(), ACCOUNTS)));
			if (accounts.size() > ACCOUNTS) {
				model.put("last", accounts.get(ACCOUNTS - 1).id());
			}
			return AccountPages.show(exchange, "admin", status, model);
		});
	}

}
