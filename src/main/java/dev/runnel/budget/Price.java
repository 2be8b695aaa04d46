package dev.runnel.budget;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Objects;
import java.util.Optional;

import dev.runnel.conversation.Expense.Basis;
import dev.runnel.upstream.Model;
import org.jspecify.annotations.Nullable;

/**
 * The price of a model.
 *
 * @param prompt the price of a token read, in US dollars
 * @param completion the price of a token written, in US dollars
 * @param search the price of one search of the web, in US dollars; 0 if it has none
 * @param basis whether the service tells both prices of tokens, or one of them is assumed
 */
public record Price(BigDecimal prompt, BigDecimal completion, BigDecimal search, Basis basis) {

	/** The price of a free model. */
	static final Price FREE = new Price(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, Basis.PRICED);

	/** No model costs more for a token, and no search costs more, in US dollars. */
	private static final BigDecimal MAX = new BigDecimal("0.1");

	/** The digits behind the point that a price is kept with. */
	private static final int SCALE = 18;

	/**
	 * Reads the price of a model. A price that is missing, no number or negative is not
	 * known.
	 * @param model the model; null if the list has none
	 * @param assumed the price of a token whose price is not known, in US dollars
	 * @return the price
	 */
	static Price of(@Nullable Model model, BigDecimal assumed) {
		BigDecimal otherwise = assumed.min(MAX);
		BigDecimal prompt = (model != null) ? known(model.promptPrice()) : null;
		BigDecimal completion = (model != null) ? known(model.completionPrice()) : null;
		BigDecimal search = (model != null) ? known(model.webSearchPrice()) : null;
		Basis basis = (prompt != null && completion != null) ? Basis.PRICED : Basis.ASSUMED;
		return new Price(Objects.requireNonNullElse(prompt, otherwise),
				Objects.requireNonNullElse(completion, otherwise), Objects.requireNonNullElse(search, BigDecimal.ZERO),
				basis);
	}

	private static @Nullable BigDecimal known(@Nullable String price) {
		try {
			return Optional.ofNullable(price)
				.map(BigDecimal::new)
				.filter((number) -> number.signum() >= 0)
				.map((number) -> number.min(MAX).setScale(SCALE, RoundingMode.CEILING))
				.orElse(null);
		}
		catch (NumberFormatException ex) {
			return null;
		}
	}

	/**
	 * Returns whether reading and writing cost nothing.
	 * @return true if so
	 */
	public boolean isFree() {
		return this.prompt.signum() == 0 && this.completion.signum() == 0;
	}

	/** Returns whether the list of the service says so. */
	boolean isListedFree() {
		return isFree() && this.basis == Basis.PRICED;
	}

	/** Returns whether this price is known and higher for what a model writes. */
	boolean isDearer(Price other) {
		return this.basis == Basis.PRICED && this.completion.compareTo(other.completion) > 0;
	}

	/**
	 * Computes the cost of a number of tokens.
	 * @param read tokens read
	 * @param written tokens written
	 * @return US dollars
	 */
	BigDecimal of(long read, long written) {
		return this.prompt.multiply(BigDecimal.valueOf(read))
			.add(this.completion.multiply(BigDecimal.valueOf(written)));
	}

	/** The price of a quarter of a token read, in picodollars, rounded up. */
	long promptQuarter() {
		return quarter(this.prompt);
	}

	/** The price of a quarter of a token written, in picodollars, rounded up. */
	long completionQuarter() {
		return quarter(this.completion);
	}

	private static long quarter(BigDecimal price) {
		return Picos.of(price.divide(BigDecimal.valueOf(Tokens.QUARTERS)));
	}

}
