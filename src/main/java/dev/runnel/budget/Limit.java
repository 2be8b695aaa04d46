package dev.runnel.budget;

import java.math.BigDecimal;

import org.jspecify.annotations.Nullable;

/**
 * How much may be spent.
 *
 * @param perDay picodollars in a day; {@link Picos#MAX} for no limit
 * @param perMonth picodollars in a month; {@link Picos#MAX} for no limit
 */
record Limit(long perDay, long perMonth) {

	static final Limit NONE = new Limit(Picos.MAX, Picos.MAX);

	/**
	 * Creates a limit.
	 * @param perDay US dollars in a day; null for no limit
	 * @param perMonth US dollars in a month; null for no limit
	 */
	static Limit of(@Nullable BigDecimal perDay, @Nullable BigDecimal perMonth) {
		return new Limit(picos(perDay), picos(perMonth));
	}

	private static long picos(@Nullable BigDecimal dollars) {
		return (dollars != null) ? Picos.of(dollars) : Picos.MAX;
	}

	boolean isNone() {
		return this.perDay == Picos.MAX && this.perMonth == Picos.MAX;
	}

}
