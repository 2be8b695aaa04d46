package dev.runnel.budget;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.runnel.conversation.BudgetGiven;
import dev.runnel.conversation.Ledger;
import dev.runnel.conversation.OwnBudget;
import dev.runnel.conversation.OwnBudgets;
import dev.runnel.web.Caller;
import dev.runnel.web.Standing;
import dev.runnel.web.Visitor;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.context.event.EventListener;

/**
 * The budgets by the settings and by the database. Nothing is read if no limit can apply.
 */
final class StoredBudgets implements Budgets {

	/** How long a reading of the ledger lets questions pass. */
	private static final Duration FRESH = Duration.ofSeconds(10);

	/** How long a reading of the ledger refuses questions. */
	private static final Duration VERY_FRESH = Duration.ofSeconds(1);

	/**
	 * The most purses of visitors, about 3 MB of heap. With more visitors at once, the
	 * answers that run for a forgotten one no longer count in its new purse. The purse of
	 * the server is never forgotten.
	 */
	private static final int MAX_PURSES = 10_000;

	private static final int MILLION_DIGITS = 6;

	private final BudgetSettings settings;

	private final Ledger ledger;

	private final OwnBudgets ownBudgets;

	private final Clock clock;

	private final Limit serverLimit;

	private final Purse server;

	private final Cache<Visitor, Purse> purses = Caffeine.newBuilder()
		.executor(Runnable::run)
		.maximumSize(MAX_PURSES)
		.build();

	StoredBudgets(BudgetSettings settings, Ledger ledger, OwnBudgets ownBudgets, Clock clock) {
		this.settings = settings;
		this.ledger = ledger;
		this.ownBudgets = ownBudgets;
		this.clock = clock;
		this.serverLimit = Limit.of(settings.serverPerDay(), settings.serverPerMonth());
		this.server = new Purse(clock);
	}

	@Override
	public Mono<Spending> open(Caller caller) {
		return Mono.defer(() -> {
			Purse own = own(caller);
			Purse all = this.serverLimit.isNone() ? null : this.server;
			Mono<Void> read = Mono.when(refreshed(all, null, Standing.VISITOR),
					refreshed(own, caller.visitor(), caller.standing()));
			return read.then(
					Mono.fromSupplier(() -> new Spending(caller.visitor(), limited(own), all, assumed(), this.clock)));
		});
	}

	/**
	 * Reads what a visitor has spent, and what is left.
	 * @param caller the visitor
	 * @return the balance, as the ledger has it now
	 */
	Mono<Balance> balance(Caller caller) {
		return Mono.defer(() -> {
			Purse own = purse(caller.visitor());
			Mono<Void> all = this.serverLimit.isNone() ? Mono.empty() : read(this.server, null, Standing.VISITOR);
			return Mono.when(all, read(own, caller.visitor(), caller.standing()))
				.then(Mono.fromSupplier(() -> new Balance(own.state(), this.server.state())));
		});
	}

	/**
	 * A new budget holds for the next question. Other servers learn of it a little later.
	 */
	@EventListener
	void given(BudgetGiven event) {
		Purse purse = this.purses.getIfPresent(event.owner());
		if (purse != null) {
			purse.readAgain();
		}
	}

	/** The price to assume for a token, in US dollars. */
	private BigDecimal assumed() {
		return this.settings.unknownPrice().movePointLeft(MILLION_DIGITS);
	}

	/** Returns the purse of a visitor; null if no limit can apply. */
	private @Nullable Purse own(Caller caller) {
		boolean mayBeLimited = caller.standing() != Standing.VISITOR || !limit(Standing.VISITOR).isNone();
		return mayBeLimited ? purse(caller.visitor()) : null;
	}

	private Purse purse(Visitor visitor) {
		return this.purses.get(visitor, (missing) -> new Purse(this.clock));
	}

	private static @Nullable Purse limited(@Nullable Purse own) {
		return (own != null && own.isLimited()) ? own : null;
	}

	private Mono<Void> refreshed(@Nullable Purse purse, @Nullable Visitor owner, Standing standing) {
		return (purse == null || isFresh(purse)) ? Mono.empty() : read(purse, owner, standing);
	}

	/** What was read may be out of date, so it refuses only for a short time. */
	private static boolean isFresh(Purse purse) {
		return purse.isFresh(FRESH) && (purse.hasRoom() || purse.isFresh(VERY_FRESH));
	}

	private Mono<Void> read(Purse purse, @Nullable Visitor owner, Standing standing) {
		long begun = System.nanoTime();
		LocalDate today = today();
		return Mono.zip(this.ledger.spent(owner, today), limit(owner, standing))
			.doOnNext((both) -> purse.read(both.getT1(), today, both.getT2(), begun))
			.then();
	}

	private LocalDate today() {
		return LocalDate.ofInstant(this.clock.instant(), ZoneOffset.UTC);
	}

	/** The limit of a visitor, or of the server. */
	private Mono<Limit> limit(@Nullable Visitor owner, Standing standing) {
		if (owner == null) {
			return Mono.just(this.serverLimit);
		}
		Mono<OwnBudget> own = (standing != Standing.VISITOR) ? this.ownBudgets.of(owner) : Mono.just(OwnBudget.NONE);
		return own.map((budget) -> limit(budget, standing));
	}

	private Limit limit(OwnBudget own, Standing standing) {
		Limit usual = limit(standing);
		return new Limit((own.perDay() != null) ? Picos.of(own.perDay()) : usual.perDay(),
				(own.perMonth() != null) ? Picos.of(own.perMonth()) : usual.perMonth());
	}

	private Limit limit(Standing standing) {
		return (standing == Standing.ADMIN) ? Limit.of(this.settings.adminPerDay(), this.settings.adminPerMonth())
				: Limit.of(this.settings.userPerDay(), this.settings.userPerMonth());
	}

}
