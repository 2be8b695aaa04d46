package dev.runnel.budget;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;

import dev.runnel.conversation.Expense.Basis;
import dev.runnel.conversation.Ledger.Spent;
import dev.runnel.upstream.Usage;
import dev.runnel.web.Visitor;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What one call of a model costs while it runs and when it has ended.
 */
class ModelCallTests {

	private static final Clock CLOCK = Clock.systemUTC();

	private static final Price FREE = price("0", "0", "0.25");

	private static final Price PAID = price("0.01", "0.1", "0");

	private final Purse purse = new Purse(CLOCK);

	private static Price price(String prompt, String completion, String search) {
		return new Price(new BigDecimal(prompt), new BigDecimal(completion), new BigDecimal(search), Basis.PRICED);
	}

	private ModelCall call(Price price, String limit) {
		this.purse.read(new Spent(BigDecimal.ZERO, BigDecimal.ZERO), LocalDate.now(ZoneOffset.UTC),
				Limit.of(new BigDecimal(limit), null), System.nanoTime());
		return new ModelCall(new Visitor("ann"), "acme/one:free", price, false, List.of(this.purse), CLOCK);
	}

	private static BigDecimal end(ModelCall call) {
		return Objects.requireNonNull(call.end()).cost();
	}

	@Test
	void aSearchCostsAlsoIfTheServiceReportsNothing() {
		ModelCall call = call(FREE, "1");
		assertThat(call.begin(40, 100, true)).isTrue();
		assertThat(this.purse.state().daySpent()).isEqualTo(Picos.of(new BigDecimal("0.25")));
		assertThat(end(call)).isEqualByComparingTo("0.25");
	}

	@Test
	void aSearchThatIsTooDearDoesNotBegin() {
		assertThat(call(FREE, "0.2").begin(40, 100, true)).isFalse();
		assertThat(this.purse.state().daySpent()).isZero();
	}

	@Test
	void withoutASearchNoneCosts() {
		ModelCall call = call(FREE, "0");
		assertThat(call.begin(40, 100, false)).isTrue();
		assertThat(call.add(40)).isTrue();
		assertThat(end(call)).isZero();
	}

	@Test
	void theReportTakesThePlaceOfTheEstimatedSearch() {
		ModelCall call = call(FREE, "1");
		call.begin(40, 100, true);
		call.report(new Usage(10L, 10L, null, null, new BigDecimal("0.5")));
		assertThat(end(call)).isEqualByComparingTo("0.5");
		assertThat(this.purse.state().daySpent()).isEqualTo(Picos.of(new BigDecimal("0.5")));
	}

	@Test
	void aPaidModelInPlaceOfAFreeOneCostsItsPromptToo() {
		ModelCall call = call(FREE, "1");
		call.begin(40, 100, false);
		assertThat(call.answeredBy("acme/two", PAID)).isTrue();
		assertThat(this.purse.state().daySpent()).isEqualTo(Picos.of(new BigDecimal("0.1")));
		assertThat(call.add(4)).isTrue();
		assertThat(call.add(40)).isFalse();
		assertThat(end(call)).isEqualByComparingTo("1.2");
	}

	@Test
	void aPaidModelInPlaceOfAFreeOneEndsWithoutMoney() {
		ModelCall call = call(FREE, "0.05");
		assertThat(call.begin(40, 100, false)).isTrue();
		assertThat(call.answeredBy("acme/two", PAID)).isFalse();
	}

	@Test
	void theModelOfAFreeVariantIsTheVariant() {
		ModelCall call = call(FREE, "0");
		call.begin(40, 100, false);
		assertThat(call.answeredBy("acme/one", PAID)).isTrue();
		assertThat(end(call)).isZero();
	}

}
