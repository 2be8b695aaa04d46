package dev.runnel.accounts.web;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

import dev.runnel.conversation.Ledger.Use;
import org.jspecify.annotations.Nullable;

/**
 * What was spent, as rows of a table and as the bars of a chart.
 */
final class UsageTable {

	private static final int DIGITS = 4;

	/** The width of a bar with the gap behind it, in units of the chart. */
	private static final int STEP = 20;

	private static final int HEIGHT = 100;

	private UsageTable() {
	}

	/** Formats an amount, which a page shows from left to right. */
	static String dollars(BigDecimal amount) {
		return "$" + amount.setScale(DIGITS, RoundingMode.HALF_UP).toPlainString();
	}

	/**
	 * Draws the days, also those without any expense.
	 * @param uses what was spent by day
	 * @param first the first day
	 * @param last the last day
	 * @return one bar for each day
	 */
	static List<Bar> chart(List<Use> uses, LocalDate first, LocalDate last) {
		Map<LocalDate, BigDecimal> costs = uses.stream()
			.collect(Collectors.toMap((use) -> Objects.requireNonNull(use.day()), Use::cost, BigDecimal::add));
		BigDecimal most = costs.values().stream().reduce(BigDecimal.ZERO, BigDecimal::max);
		return LongStream.rangeClosed(0, last.toEpochDay() - first.toEpochDay())
			.mapToObj((number) -> bar(number, first.plusDays(number), costs, most))
			.toList();
	}

	private static Bar bar(long number, LocalDate day, Map<LocalDate, BigDecimal> costs, BigDecimal most) {
		BigDecimal cost = costs.getOrDefault(day, BigDecimal.ZERO);
		int height = (most.signum() == 0) ? 0
				: cost.multiply(BigDecimal.valueOf(HEIGHT)).divide(most, 0, RoundingMode.CEILING).intValue();
		return new Bar(number * STEP, HEIGHT - height, height, day + ": " + dollars(cost));
	}

	/**
	 * A bar of the chart.
	 *
	 * @param x the left end
	 * @param y the upper end
	 * @param height the height
	 * @param label the day and the amount
	 */
	record Bar(long x, int y, int height, String label) {
	}

	/**
	 * A row of a table.
	 *
	 * @param label what the row is about
	 * @param key the key of the text to show instead of the label; null for the label
	 * @param account the account that the row is about; null for none
	 * @param calls how many calls of a model there were
	 * @param tokens tokens read and written
	 * @param cost the amount
	 * @param assumed the part of it that rests on an assumed price; null for nothing
	 */
	record Row(@Nullable String label, @Nullable String key, @Nullable UUID account, long calls, long tokens,
			String cost, @Nullable String assumed) {

		static Row of(Use use, @Nullable String label) {
			return new Row(label, null, null, use.calls(), use.promptTokens() + use.completionTokens(),
					dollars(use.cost()), (use.assumed().signum() > 0) ? dollars(use.assumed()) : null);
		}

		Row about(String name, UUID id) {
			return new Row(name, null, id, this.calls, this.tokens, this.cost, this.assumed);
		}

		Row named(String textKey) {
			return new Row(null, textKey, null, this.calls, this.tokens, this.cost, this.assumed);
		}

	}

}
