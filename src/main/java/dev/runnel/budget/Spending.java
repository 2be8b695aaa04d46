package dev.runnel.budget;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

import dev.runnel.upstream.Model;
import dev.runnel.web.ErrorCode;
import dev.runnel.web.ProblemException;
import dev.runnel.web.Reason;
import dev.runnel.web.Visitor;
import org.jspecify.annotations.Nullable;

/**
 * The money for the calls of models that one question makes.
 */
public final class Spending {

	private final Visitor owner;

	private final @Nullable Purse own;

	private final @Nullable Purse server;

	private final BigDecimal assumed;

	private final Clock clock;

	/**
	 * Creates the money for a question.
	 * @param owner the visitor who asks
	 * @param own what the visitor may spend; null for no limit
	 * @param server what all together may spend; null for no limit
	 * @param assumed the price of a token whose price is not known, in US dollars
	 * @param clock tells the day
	 */
	Spending(Visitor owner, @Nullable Purse own, @Nullable Purse server, BigDecimal assumed, Clock clock) {
		this.owner = owner;
		this.own = own;
		this.server = server;
		this.assumed = assumed;
		this.clock = clock;
	}

	/**
	 * Returns the price of a model.
	 * @param model the model; null if the list has none
	 * @return the price
	 */
	public Price price(@Nullable Model model) {
		return Price.of(model, this.assumed);
	}

	/**
	 * Checks that money is left for a question. A free model may be asked without any.
	 * @param price the price of the model
	 * @throws ProblemException {@code budget_spent}, if nothing is left
	 */
	public void check(Price price) {
		if (price.isFree()) {
			return;
		}
		if (this.own != null && !this.own.hasRoom()) {
			throw spent(this.own.state(), "Your budget", Reason.OWN_BUDGET_OF_DAY, Reason.OWN_BUDGET_OF_MONTH);
		}
		if (this.server != null && !this.server.hasRoom()) {
			throw spent(this.server.state(), "The budget of this server", Reason.BUDGET_OF_DAY, Reason.BUDGET_OF_MONTH);
		}
	}

	private ProblemException spent(Purse.State state, String whose, Reason ofDay, Reason ofMonth) {
		LocalDate renewed = state.isMonthSpent() ? state.day().plusMonths(1).withDayOfMonth(1)
				: state.day().plusDays(1);
		Instant renewal = renewed.atStartOfDay(ZoneOffset.UTC).toInstant();
		return new ProblemException(ErrorCode.BUDGET_SPENT.status(), ErrorCode.BUDGET_SPENT,
				whose + (state.isMonthSpent() ? " for this month" : " for today") + " is spent. It renews at " + renewal
						+ ". A free model may still answer.",
				List.of(), Duration.between(this.clock.instant(), renewal))
			.because(state.isMonthSpent() ? ofMonth : ofDay);
	}

	/**
	 * Prepares a call of a model.
	 * @param id the id of the model
	 * @param model the model; null if the list has none
	 * @return the call, which has not begun
	 */
	public ModelCall call(String id, @Nullable Model model) {
		boolean thinks = model == null || model.reasoning();
		return new ModelCall(this.owner, id, price(model), thinks, purses(), this.clock);
	}

	private List<Purse> purses() {
		if (this.own == null) {
			return (this.server != null) ? List.of(this.server) : List.of();
		}
		return (this.server != null) ? List.of(this.own, this.server) : List.of(this.own);
	}

}
