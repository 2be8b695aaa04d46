package dev.runnel.budget;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

import dev.runnel.conversation.Expense;
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

	private ModelCall thinker(AtomicLong nanos) {
		call(PAID, "1000");
		return new ModelCall(new Visitor("ann"), "acme/thinker", PAID, true, List.of(this.purse), CLOCK, nanos::get);
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
	void aFailedAttemptCostsWhatWasReportedAndNoMore() {
		ModelCall call = call(PAID, "1");
		call.begin(40, 100, false);
		assertThat(call.charge(new Usage(10L, 3L, null, null, new BigDecimal("0.5")))).isTrue();
		assertThat(this.purse.state().daySpent()).isEqualTo(Picos.of(new BigDecimal("0.5")));
		call.cancel();
		assertThat(end(call)).isEqualByComparingTo("0.5");
		assertThat(this.purse.state().daySpent()).isEqualTo(Picos.of(new BigDecimal("0.5")));
	}

	@Test
	void anotherAttemptCostsItsPromptAndItsTextAgain() {
		ModelCall call = call(PAID, "2");
		call.begin(40, 100, false);
		call.charge(new Usage(10L, 3L, null, null, null));
		assertThat(this.purse.state().daySpent()).isEqualTo(Picos.of(new BigDecimal("0.4")));
		assertThat(call.add(4)).isTrue();
		assertThat(this.purse.state().daySpent()).isEqualTo(Picos.of(new BigDecimal("0.6")));
		call.charge(new Usage(10L, 2L, null, null, null));
		call.report(new Usage(10L, 1L, null, null, new BigDecimal("0.25")));
		assertThat(Objects.requireNonNull(call.end()).completionTokens()).isEqualTo(6);
		assertThat(end(call)).isEqualByComparingTo("0.95");
	}

	@Test
	void anotherAttemptThatIsStoppedBeforeItsFirstWordCostsItsPromptAndItsThoughts() {
		AtomicLong nanos = new AtomicLong();
		ModelCall call = thinker(nanos);
		call.begin(40, 1000, false);
		call.charge(new Usage(10L, 3L, null, null, null));
		nanos.addAndGet(Duration.ofSeconds(2).toNanos());
		call.resumed();
		Expense expense = Objects.requireNonNull(call.end());
		assertThat(expense.promptTokens()).isEqualTo(20);
		assertThat(expense.completionTokens()).isEqualTo(3 + 200);
		assertThat(this.purse.state().daySpent()).isEqualTo(Picos.of(expense.cost()));
	}

	/** A service may tell the usage while it writes. */
	@Test
	void anAnswerThatBreaksOffCostsAtLeastItsText() {
		ModelCall call = call(PAID, "1000");
		call.begin(40, 100, false);
		call.add(80);
		call.charge(new Usage(10L, 3L, null, null, null));
		assertThat(Objects.requireNonNull(call.end()).completionTokens()).isEqualTo(20);
		assertThat(end(call)).isEqualByComparingTo("2.1");
	}

	@Test
	void anAnswerThatBreaksOffCostsWhatItsModelThoughtUnseen() {
		AtomicLong nanos = new AtomicLong();
		ModelCall call = thinker(nanos);
		call.begin(40, 1000, false);
		nanos.addAndGet(Duration.ofSeconds(2).toNanos());
		call.charge(new Usage(10L, null, null, null, null));
		assertThat(Objects.requireNonNull(call.end()).completionTokens()).isEqualTo(200);
	}

	@Test
	void aFailedAttemptThatUsesUpTheMoneyIsTheLastOne() {
		ModelCall call = call(PAID, "0.5");
		call.begin(40, 100, false);
		assertThat(call.charge(new Usage(10L, 3L, null, null, new BigDecimal("0.5")))).isFalse();
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

	/** Many models show a summary of their thoughts, and bill all of them. */
	@Test
	void pausesBetweenThoughtsAreThoughtsThatNobodySees() {
		AtomicLong nanos = new AtomicLong();
		ModelCall call = thinker(nanos);
		call.begin(0, 1000, false);
		nanos.addAndGet(Duration.ofMillis(200).toNanos());
		call.think(40);
		nanos.addAndGet(Duration.ofMillis(900).toNanos());
		call.think(40);
		nanos.addAndGet(Duration.ofSeconds(3).toNanos());
		call.think(40);
		nanos.addAndGet(Duration.ofSeconds(2).toNanos());
		call.add(40);
		nanos.addAndGet(Duration.ofSeconds(5).toNanos());
		call.add(40);
		nanos.addAndGet(Duration.ofSeconds(5).toNanos());
		assertThat(Objects.requireNonNull(call.end()).completionTokens()).isEqualTo(20 + 300 + 200 + 50);
	}

	@Test
	void nobodyThinksMoreThanAnAnswerMayHave() {
		AtomicLong nanos = new AtomicLong();
		ModelCall call = thinker(nanos);
		call.begin(0, 1000, false);
		nanos.addAndGet(Duration.ofSeconds(8).toNanos());
		call.think(4);
		nanos.addAndGet(Duration.ofSeconds(60).toNanos());
		assertThat(Objects.requireNonNull(call.end()).completionTokens()).isEqualTo(1001);
	}

	/** Such as one that was asked before the list came. */
	@Test
	void aVariantThatNoListHasIsNotFree() {
		ModelCall call = call(new Price(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, Basis.ASSUMED), "0.05");
		assertThat(call.begin(40, 100, false)).isTrue();
		assertThat(call.answeredBy("acme/one", PAID)).isFalse();
	}

	@Test
	void theModelOfAFreeVariantIsTheVariant() {
		ModelCall call = call(FREE, "0");
		call.begin(40, 100, false);
		assertThat(call.answeredBy("acme/one", PAID)).isTrue();
		assertThat(end(call)).isZero();
	}

}
