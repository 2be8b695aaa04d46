package dev.runnel.accounts.web;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;

import dev.runnel.accounts.Account;
import dev.runnel.accounts.Accounts;
import dev.runnel.accounts.Audited;
import dev.runnel.accounts.IfPeopleSignIn;
import dev.runnel.accounts.web.UsageTable.Row;
import dev.runnel.conversation.Ledger;
import dev.runnel.conversation.Ledger.By;
import dev.runnel.conversation.Ledger.Use;
import dev.runnel.conversation.Libraries;
import dev.runnel.conversation.OwnBudget;
import dev.runnel.conversation.OwnBudgets;
import dev.runnel.stream.StreamState;
import dev.runnel.stream.StreamStore;
import dev.runnel.web.ProblemException;
import dev.runnel.web.SignedIn;
import dev.runnel.web.Visitor;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
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
 * What was spent in the last 30 days, for admins: by user, by model and by day, of all or
 * of one account, the budget of one account, and how many answers are being written. It
 * shows nothing of what was asked.
 */
@Controller
@IfPeopleSignIn
final class UsagePageController {

	private static final String PAGE = "/admin/usage";

	private static final int DAYS = 30;

	/** The most rows of a table. */
	private static final int ROWS = 200;

	private static final Pattern AMOUNT = Pattern.compile("[0-9]{1,9}([.][0-9]{1,12})?");

	private final Accounts accounts;

	private final Ledger ledger;

	private final OwnBudgets budgets;

	private final StreamStore<?> streams;

	private final ApplicationEventPublisher events;

	private final Clock clock = Clock.systemUTC();

	UsagePageController(Accounts accounts, Ledger ledger, OwnBudgets budgets, StreamStore<?> streams,
			ApplicationEventPublisher events) {
		this.accounts = accounts;
		this.ledger = ledger;
		this.budgets = budgets;
		this.streams = streams;
		this.events = events;
	}

	@GetMapping(path = PAGE, produces = MediaType.TEXT_HTML_VALUE)
	Mono<Rendering> usage(ServerWebExchange exchange) {
		MultiValueMap<String, String> query = exchange.getRequest().getQueryParams();
		return query.containsKey("id") ? account(AccountPages.id(query)).flatMap((account) -> ofOne(exchange, account))
				: ofAll(exchange);
	}

	@PostMapping(path = "/admin/budgets", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
	Mono<Rendering> giveBudget(ServerWebExchange exchange) {
		return exchange.getFormData()
			.flatMap((form) -> account(AccountPages.id(form)).flatMap((account) -> give(exchange, account,
					new OwnBudget(amount(form, "perDay"), amount(form, "perMonth")))));
	}

	private Mono<Rendering> give(ServerWebExchange exchange, Account account, OwnBudget budget) {
		String detail = "day=" + plain(budget.perDay()) + " month=" + plain(budget.perMonth());
		return this.budgets.give(account.visitor(), budget)
			.doOnSuccess((done) -> this.events
				.publishEvent(new Audited(Audited.Action.BUDGET, SignedIn.of(exchange).name(), account.name(), detail)))
			.then(AccountPages.redirect(PAGE + "?id=" + account.id()));
	}

	private static @Nullable BigDecimal amount(MultiValueMap<String, String> form, String field) {
		String typed = AccountPages.field(form, field).strip().replace(',', '.');
		if (typed.isEmpty()) {
			return null;
		}
		if (!AMOUNT.matcher(typed).matches()) {
			throw ProblemException.field(field, "must be an amount such as 2.50, or empty");
		}
		return new BigDecimal(typed);
	}

	private static String plain(@Nullable BigDecimal amount) {
		return (amount != null) ? amount.toPlainString() : "";
	}

	private Mono<Account> account(UUID id) {
		return this.accounts.find(id).switchIfEmpty(Mono.error(() -> ProblemException.notFound("account")));
	}

	private Mono<Rendering> ofAll(ServerWebExchange exchange) {
		return Mono.zip(use(By.OWNER, null).concatMap(this::user).collectList(), parts(null))
			.flatMap((found) -> show(exchange, found.getT2(), Map.of("users", found.getT1())));
	}

	private Mono<Rendering> ofOne(ServerWebExchange exchange, Account account) {
		return Mono.zip(this.budgets.of(account.visitor()), parts(account.visitor()))
			.flatMap((found) -> show(exchange, found.getT2(), Map.of("account", account, "perDay",
					plain(found.getT1().perDay()), "perMonth", plain(found.getT1().perMonth()))));
	}

	private Mono<Parts> parts(@Nullable Visitor owner) {
		return Mono.zip(use(By.MODEL, owner).collectList(), use(By.DAY, owner).collectList(), running(owner))
			.map((all) -> new Parts(all.getT1(), all.getT2(), all.getT3()));
	}

	/** Counts the answers that are being written now. */
	private Mono<Long> running(@Nullable Visitor owner) {
		return (owner == null) ? this.streams.countRunning()
				: this.streams.list(owner).filter((status) -> status.state() == StreamState.RUNNING).count();
	}

	private Mono<Rendering> show(ServerWebExchange exchange, Parts parts, Map<String, ?> more) {
		Map<String, Object> model = new HashMap<>(more);
		model.put("person", SignedIn.of(exchange));
		model.put("running", parts.running());
		model.put("chart", UsageTable.chart(parts.days(), first(), today()));
		model.put("models", parts.models().stream().map((use) -> Row.of(use, use.model())).toList());
		model.put("days", parts.days().stream().map((use) -> Row.of(use, String.valueOf(use.day()))).toList());
		return AccountPages.show(exchange, "usage", HttpStatus.OK, model);
	}

	private Flux<Use> use(By by, @Nullable Visitor owner) {
		return this.ledger.use(List.of(by), owner, first(), ROWS);
	}

	private LocalDate today() {
		return LocalDate.ofInstant(this.clock.instant(), ZoneOffset.UTC);
	}

	private LocalDate first() {
		return today().minusDays(DAYS - 1);
	}

	/**
	 * A browser from before people signed in has no name, and a deleted account neither.
	 */
	private Mono<Row> user(Use use) {
		String owner = Objects.requireNonNullElse(use.owner(), "");
		UUID id = Account.idOf(owner);
		Row row = Row.of(use, null);
		Row unnamed = row.named((owner.isEmpty() || owner.startsWith(Libraries.PENDING) || id != null) ? "usage.deleted"
				: "usage.browser");
		return (id == null) ? Mono.just(unnamed)
				: this.accounts.find(id)
					.map((account) -> row.about(account.name(), account.id()))
					.defaultIfEmpty(unnamed);
	}

	private record Parts(List<Use> models, List<Use> days, long running) {
	}

}
