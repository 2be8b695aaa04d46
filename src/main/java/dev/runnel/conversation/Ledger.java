package dev.runnel.conversation;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

import dev.runnel.web.Visitor;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The expenses of all visitors. Those of answers are stored by {@link TurnStore#end}.
 * Days are in UTC.
 */
public interface Ledger {

	/**
	 * Stores an expense that belongs to no stored answer.
	 * @param expense the expense
	 * @return completes when it is stored; an error if the write failed and will be
	 * repeated
	 */
	Mono<Void> add(Expense expense);

	/**
	 * Sums the expenses of a day and of its month.
	 * @param owner the visitor; null for all together
	 * @param day the day
	 * @return the sums
	 */
	Mono<Spent> spent(@Nullable Visitor owner, LocalDate day);

	/**
	 * Sums expenses in groups.
	 * @param by what the expenses of one group have in common, at least one
	 * @param owner the visitor; null for all
	 * @param from the first day
	 * @param limit the maximum number of groups
	 * @return the groups, by day the newest first, otherwise the dearest first
	 */
	Flux<Use> use(List<By> by, @Nullable Visitor owner, LocalDate from, int limit);

	/**
	 * The expenses of a day and of its month.
	 *
	 * @param day US dollars on this day
	 * @param month US dollars from the first of the month to the end of this day
	 */
	record Spent(BigDecimal day, BigDecimal month) {
	}

	/** What the expenses of a group have in common. */
	enum By {

		/** The visitor. */
		OWNER,

		/** The model. */
		MODEL,

		/** The day. */
		DAY

	}

	/**
	 * The sum of a group of expenses.
	 *
	 * @param owner the visitor; null if groups have several
	 * @param model the model; null if groups have several
	 * @param day the day; null if groups have several
	 * @param calls how many calls of a model there were
	 * @param promptTokens tokens read
	 * @param completionTokens tokens written
	 * @param cost US dollars
	 * @param assumed the part of the cost that rests on an assumed price
	 */
	record Use(@Nullable String owner, @Nullable String model, @Nullable LocalDate day, long calls, long promptTokens,
			long completionTokens, BigDecimal cost, BigDecimal assumed) {
	}

}
