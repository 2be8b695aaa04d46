package dev.runnel.budget;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

import dev.runnel.budget.Balance.Left;
import dev.runnel.budget.Balance.Period;
import dev.runnel.conversation.Ledger;
import dev.runnel.conversation.Ledger.By;
import dev.runnel.conversation.Ledger.Use;
import dev.runnel.web.Caller;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code GET /api/usage}: what the visitor has spent, and what is left.
 */
@RestController
final class UsageController {

	/** More models than anybody asks in a month. */
	private static final int MODELS = 1000;

	private static final int DAYS = 31;

	private final StoredBudgets budgets;

	private final Ledger ledger;

	private final Clock clock = Clock.systemUTC();

	UsageController(StoredBudgets budgets, Ledger ledger) {
		this.budgets = budgets;
		this.ledger = ledger;
	}

	@GetMapping("/api/usage")
	Mono<ResponseEntity<UsageView>> usage(Caller caller) {
		LocalDate first = LocalDate.ofInstant(this.clock.instant(), ZoneOffset.UTC).withDayOfMonth(1);
		return Mono
			.zip(this.budgets.balance(caller), use(caller, By.MODEL, first, MODELS), use(caller, By.DAY, first, DAYS))
			.map((parts) -> UsageView.of(parts.getT1(), parts.getT2(), parts.getT3()))
			.map((view) -> ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(view));
	}

	private Mono<List<Use>> use(Caller caller, By by, LocalDate first, int limit) {
		return this.ledger.use(List.of(by), caller.visitor(), first, limit).collectList();
	}

	/**
	 * The response.
	 *
	 * @param currency the currency of all amounts
	 * @param day today
	 * @param month this month
	 * @param left the US dollars that are left, of the budget of which least is left;
	 * null without a budget
	 * @param renewsAt when that budget renews; null without a budget
	 * @param models what was spent this month, by model, the dearest first
	 * @param days what was spent this month, by day, the newest first
	 */
	record UsageView(String currency, Period day, Period month, @Nullable BigDecimal left, @Nullable Instant renewsAt,
			List<ModelUse> models, List<DayUse> days) {

		private static UsageView of(Balance balance, List<Use> models, List<Use> days) {
			Left left = balance.left().orElse(null);
			return new UsageView("USD", balance.day(), balance.month(), (left != null) ? left.left() : null,
					(left != null) ? left.renewsAt() : null, models.stream().map(ModelUse::of).toList(),
					days.stream().map(DayUse::of).toList());
		}

	}

	/**
	 * What the calls of a model cost.
	 *
	 * @param model the id of the model
	 * @param calls how many there were, for answers and titles
	 * @param promptTokens tokens read
	 * @param completionTokens tokens written
	 * @param cost US dollars
	 * @param assumed the part of the cost that rests on an assumed price
	 */
	record ModelUse(@Nullable String model, long calls, long promptTokens, long completionTokens, BigDecimal cost,
			BigDecimal assumed) {

		private static ModelUse of(Use use) {
			return new ModelUse(use.model(), use.calls(), use.promptTokens(), use.completionTokens(), use.cost(),
					use.assumed());
		}

	}

	/**
	 * What the calls of a day cost.
	 *
	 * @param day the day in UTC
	 * @param calls how many there were, for answers and titles
	 * @param promptTokens tokens read
	 * @param completionTokens tokens written
	 * @param cost US dollars
	 * @param assumed the part of the cost that rests on an assumed price
	 */
	record DayUse(@Nullable LocalDate day, long calls, long promptTokens, long completionTokens, BigDecimal cost,
			BigDecimal assumed) {

		private static DayUse of(Use use) {
			return new DayUse(use.day(), use.calls(), use.promptTokens(), use.completionTokens(), use.cost(),
					use.assumed());
		}

	}

}
