package dev.runnel.budget;

import java.math.BigDecimal;
import java.util.List;

import dev.runnel.conversation.Expense.Basis;
import dev.runnel.upstream.Model;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Prices and estimates never make an answer cheaper than free.
 */
class PriceTests {

	private static final BigDecimal ASSUMED = new BigDecimal("0.00002");

	private static Price price(String prompt, String completion) {
		return Price.of(new Model("acme/one", "One", null, prompt, completion, List.of("text"), false, false), ASSUMED);
	}

	@Test
	void aPriceOfTheListIsExact() {
		Price price = price("0.00000125", "0.00001");
		assertThat(price.basis()).isEqualTo(Basis.PRICED);
		assertThat(price.of(1000, 200)).isEqualByComparingTo("0.00325");
		assertThat(price.isFree()).isFalse();
		assertThat(price.promptQuarter()).isEqualTo(312_500);
	}

	@ParameterizedTest
	@ValueSource(strings = { "-1", "-0.5", "free", "", "NaN" })
	void anUnknownOrNegativePriceIsAssumed(String text) {
		Price price = price(text, "0.00001");
		assertThat(price.basis()).isEqualTo(Basis.ASSUMED);
		assertThat(price.of(1, 0)).isEqualByComparingTo(ASSUMED);
		assertThat(price.of(0, 1)).isEqualByComparingTo("0.00001");
		assertThat(price("0", text).isFree()).isFalse();
	}

	@Test
	void aModelThatIsNotInTheListHasTheAssumedPrice() {
		assertThat(Price.of(null, ASSUMED).of(1, 1)).isEqualByComparingTo("0.00004");
		assertThat(Price.of(null, BigDecimal.ZERO).isFree()).isTrue();
	}

	@Test
	void anAbsurdPriceOverflowsNothing() {
		Price price = price("1" + "0".repeat(30), "1" + "0".repeat(30));
		assertThat(Picos.times(price.completionQuarter(), Long.MAX_VALUE)).isEqualTo(Picos.MAX);
		assertThat(Picos.sum(Picos.MAX, Picos.MAX)).isEqualTo(Picos.MAX);
		assertThat(Picos.of(price.of(1_000_000_000_000L, 1_000_000_000_000L))).isEqualTo(Picos.MAX);
	}

	@Test
	void zeroIsFree() {
		assertThat(price("0", "0.000").isFree()).isTrue();
		assertThat(price("0", "0.0000001").isFree()).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "'',0", "word,4", "wörd,7", "日本語,12", "\uD83C\uDF75,8" })
	void aLetterBeyondAsciiIsAWholeToken(String text, long quarters) {
		assertThat(Tokens.quarters(text)).isEqualTo(quarters);
	}

	@ParameterizedTest
	@CsvSource({ "0.1,100000000000", "0,0", "0.0000000000001,1" })
	void anAmountIsRoundedUpToPicodollars(BigDecimal dollars, long picos) {
		assertThat(Picos.of(dollars)).isEqualTo(picos);
	}

}
