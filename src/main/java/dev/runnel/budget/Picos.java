package dev.runnel.budget;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Amounts of money as trillionths of a US dollar (picodollars). A sum for each chunk of
 * an answer is then an addition of two numbers. The largest amount is about nine million
 * dollars.
 */
final class Picos {

	/** No limit, and the largest amount. */
	static final long MAX = Long.MAX_VALUE;

	private static final int SCALE = 12;

	private static final BigDecimal MAX_DOLLARS = BigDecimal.valueOf(MAX, SCALE);

	private Picos() {
	}

	/**
	 * Converts an amount, rounded up.
	 * @param dollars US dollars, not negative
	 * @return picodollars, at most {@link #MAX}
	 */
	static long of(BigDecimal dollars) {
		return dollars.min(MAX_DOLLARS).setScale(SCALE, RoundingMode.CEILING).unscaledValue().longValue();
	}

	/**
	 * Converts an amount.
	 * @param picos picodollars
	 * @return US dollars, without trailing zeros
	 */
	static BigDecimal dollars(long picos) {
		BigDecimal dollars = BigDecimal.valueOf(picos, SCALE).stripTrailingZeros();
		return (dollars.scale() < 0) ? dollars.setScale(0) : dollars;
	}

	/** Adds two amounts; a sum that is too large becomes {@link #MAX}. */
	static long sum(long one, long other) {
		long sum = one + other;
		return (one > 0 && other > 0 && sum < 0) ? MAX : sum;
	}

	/** Multiplies an amount; a product that is too large becomes {@link #MAX}. */
	static long times(long picos, long count) {
		return (count > 0 && picos > MAX / count) ? MAX : picos * count;
	}

}
