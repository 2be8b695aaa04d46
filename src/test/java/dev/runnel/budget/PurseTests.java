package dev.runnel.budget;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;

import dev.runnel.conversation.Ledger.Spent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a purse has left, while calls run, end and are stored.
 */
class PurseTests {

	private static final LocalDate DAY = LocalDate.of(2026, 11, 29);

	private static final long DOLLAR = Picos.of(BigDecimal.ONE);

	private final MovableClock clock = new MovableClock();

	private final Purse purse = new Purse(this.clock);

	@BeforeEach
	void read() {
		read("0", "0");
	}

	private void read(String day, String month) {
		LocalDate today = LocalDate.ofInstant(this.clock.instant(), ZoneOffset.UTC);
		this.purse.read(new Spent(new BigDecimal(day), new BigDecimal(month)), today,
				Limit.of(BigDecimal.TEN, new BigDecimal("15")), System.nanoTime());
	}

	private EndedCall end(long picos) {
		EndedCall expense = new EndedCall(LocalDate.ofInstant(this.clock.instant(), ZoneOffset.UTC), picos);
		this.purse.end(picos, expense);
		return expense;
	}

	@Test
	void callsThatRunAtTheSameTimeShareWhatIsLeft() {
		assertThat(this.purse.run(6 * DOLLAR)).isTrue();
		assertThat(this.purse.tryRun(5 * DOLLAR)).isFalse();
		assertThat(this.purse.tryRun(3 * DOLLAR)).isTrue();
		assertThat(this.purse.run(DOLLAR)).isFalse();
		assertThat(this.purse.hasRoom()).isFalse();
	}

	@Test
	void whatACallDidNotCostIsLeftForOthers() {
		assertThat(this.purse.run(10 * DOLLAR)).isFalse();
		assertThat(this.purse.run(-4 * DOLLAR)).isTrue();
		assertThat(this.purse.hasRoom()).isTrue();
	}

	@Test
	void theSmallerOfDayAndMonthIsLeft() {
		read("1", "14");
		assertThat(this.purse.tryRun(2 * DOLLAR)).isFalse();
		assertThat(this.purse.tryRun(DOLLAR)).isTrue();
		assertThat(this.purse.hasRoom()).isFalse();
	}

	@Test
	void anExpenseThatTheLedgerDoesNotHaveYetCounts() {
		this.purse.run(9 * DOLLAR);
		EndedCall expense = end(9 * DOLLAR);
		read("0", "0");
		assertThat(this.purse.tryRun(2 * DOLLAR)).isFalse();
		expense.stored(true);
		read("9", "9");
		assertThat(this.purse.tryRun(2 * DOLLAR)).isFalse();
		assertThat(this.purse.tryRun(DOLLAR)).isTrue();
	}

	@Test
	void anExpenseThatIsStoredWhileTheLedgerIsReadNeverCountsLessThanOnce() {
		this.purse.run(9 * DOLLAR);
		EndedCall expense = end(9 * DOLLAR);
		long begun = System.nanoTime() - 1;
		expense.stored(true);
		this.purse.read(new Spent(BigDecimal.ZERO, BigDecimal.ZERO), DAY, Limit.of(BigDecimal.TEN, null), begun);
		assertThat(this.purse.tryRun(2 * DOLLAR)).isFalse();
	}

	@Test
	void anExpenseWhoseStoringFailedCountsUntilTheDatabaseHasIt() {
		this.purse.run(9 * DOLLAR);
		end(9 * DOLLAR).stored(false);
		read("0", "0");
		assertThat(this.purse.tryRun(2 * DOLLAR)).isFalse();
	}

	@Test
	void aNewDayHasAllOfItsMoneyAndTheMonthOnlyItsRest() {
		this.purse.run(10 * DOLLAR);
		end(10 * DOLLAR).stored(true);
		assertThat(this.purse.hasRoom()).isFalse();
		this.clock.pass(Duration.ofDays(1));
		assertThat(this.purse.isFresh(Duration.ofHours(1))).isFalse();
		assertThat(this.purse.tryRun(6 * DOLLAR)).isFalse();
		assertThat(this.purse.tryRun(5 * DOLLAR)).isTrue();
	}

	@Test
	void aNewMonthHasAllOfItsMoney() {
		read("10", "15");
		assertThat(this.purse.hasRoom()).isFalse();
		this.clock.pass(Duration.ofDays(2));
		assertThat(this.purse.tryRun(10 * DOLLAR)).isTrue();
	}

	@Test
	void sumsOfAnEarlierDayAreNotThoseOfToday() {
		this.clock.pass(Duration.ofDays(1));
		this.purse.hasRoom();
		this.purse.read(new Spent(BigDecimal.TEN, BigDecimal.TEN), DAY, Limit.of(BigDecimal.TEN, null),
				System.nanoTime());
		assertThat(this.purse.hasRoom()).isTrue();
		assertThat(this.purse.isFresh(Duration.ofHours(1))).isFalse();
	}

	@Test
	void withoutALimitThereIsAlwaysRoom() {
		this.purse.read(new Spent(BigDecimal.TEN, BigDecimal.TEN), DAY, Limit.NONE, System.nanoTime());
		assertThat(this.purse.isLimited()).isFalse();
		assertThat(this.purse.run(Picos.MAX / 2)).isTrue();
	}

	/** A clock that a test moves on. */
	private static final class MovableClock extends Clock {

		private Instant now = DAY.atTime(12, 0).toInstant(ZoneOffset.UTC);

		void pass(Duration time) {
			this.now = this.now.plus(time);
		}

		@Override
		public Instant instant() {
			return this.now;
		}

		@Override
		public ZoneId getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			throw new UnsupportedOperationException();
		}

	}

}
