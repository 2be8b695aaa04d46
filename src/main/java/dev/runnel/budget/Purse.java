package dev.runnel.budget;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

import dev.runnel.conversation.Ledger.Spent;

/**
 * What one visitor, or the whole server, has spent today and this month, and what is
 * left. It is the sum of the ledger, of the expenses that ended since the ledger was
 * read, and of the calls that run now. So answers that run at the same time share what is
 * left: each chunk of each of them counts at once. Safe for use by several threads.
 * <p>
 * An expense that is stored while the ledger is read may count twice until the next
 * reading, and never less than once.
 */
final class Purse {

	private final Clock clock;

	private Limit limit = Limit.NONE;

	private LocalDate day = LocalDate.MIN;

	/** When the day ends, in milliseconds since 1970. */
	private long dayEnd = Long.MIN_VALUE;

	/** When reading the ledger began, by {@link System#nanoTime}. */
	private long readAt;

	private boolean known;

	/** What the ledger had of this day and of this month. */
	private long dayRead;

	private long monthRead;

	/** The expenses that the ledger did not have yet. */
	private final List<EndedCall> ended = new ArrayList<>();

	/** What is left of the day or of the month, without the calls that run now. */
	private long room = Picos.MAX;

	/** What the calls that run now cost so far. */
	private long running;

	Purse(Clock clock) {
		this.clock = clock;
	}

	/**
	 * Returns whether the ledger was read lately.
	 * @param age the maximum age of the reading
	 * @return true if so
	 */
	synchronized boolean isFresh(Duration age) {
		turnPage();
		return this.known && System.nanoTime() - this.readAt < age.toNanos();
	}

	/**
	 * Takes the sums of the ledger.
	 * @param spent the sums
	 * @param on the day of the sums
	 * @param now the limit
	 * @param begun when the reading began, by {@link System#nanoTime}
	 */
	synchronized void read(Spent spent, LocalDate on, Limit now, long begun) {
		turnPage();
		this.limit = now;
		if (on.equals(this.day)) {
			this.dayRead = Picos.of(spent.day());
			this.monthRead = Picos.of(spent.month());
			this.ended.removeIf((expense) -> expense.isStoredBefore(begun));
			this.readAt = begun;
			this.known = true;
		}
		count();
	}

	/** Begins a new day, and a new month, in which nothing is spent yet. */
	private void turnPage() {
		if (this.clock.millis() < this.dayEnd) {
			return;
		}
		LocalDate today = LocalDate.ofInstant(this.clock.instant(), ZoneOffset.UTC);
		boolean sameMonth = today.withDayOfMonth(1).equals(this.day.withDayOfMonth(1));
		this.day = today;
		this.dayEnd = today.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
		this.dayRead = 0;
		this.monthRead = sameMonth ? this.monthRead : 0;
		this.known = false;
		count();
	}

	private void count() {
		this.room = Math.min(left(this.limit.perDay(), day()), left(this.limit.perMonth(), month()));
	}

	private static long left(long limit, long spent) {
		return (limit == Picos.MAX) ? Picos.MAX : limit - spent;
	}

	/** What was spent on this day, without the calls that run now. */
	private long day() {
		return this.ended.stream()
			.filter((expense) -> expense.day().equals(this.day))
			.mapToLong(EndedCall::picos)
			.reduce(this.dayRead, Picos::sum);
	}

	/** What was spent in this month, without the calls that run now. */
	private long month() {
		LocalDate first = this.day.withDayOfMonth(1);
		return this.ended.stream()
			.filter((expense) -> !expense.day().isBefore(first))
			.mapToLong(EndedCall::picos)
			.reduce(this.monthRead, Picos::sum);
	}

	/** Makes the next question read the ledger and the limit again. */
	synchronized void readAgain() {
		this.known = false;
	}

	synchronized boolean isLimited() {
		return !this.limit.isNone();
	}

	/** Returns whether anything is left. */
	synchronized boolean hasRoom() {
		turnPage();
		return this.room > this.running;
	}

	/**
	 * Counts what a running call costs, whether or not it is left.
	 * @param picos picodollars; negative to correct an estimate
	 * @return whether anything is left
	 */
	synchronized boolean run(long picos) {
		turnPage();
		this.running = Picos.sum(this.running, picos);
		return this.room > this.running;
	}

	/**
	 * Counts what a call is going to cost, if that is left.
	 * @param picos picodollars, 0 or more
	 * @return whether it was counted
	 */
	synchronized boolean tryRun(long picos) {
		turnPage();
		boolean fits = this.room > this.running && this.room >= Picos.sum(this.running, picos);
		if (fits) {
			this.running += picos;
		}
		return fits;
	}

	/**
	 * Ends a call.
	 * @param picos what was counted for it while it ran
	 * @param expense what it cost; the ledger never gets one of nothing
	 */
	synchronized void end(long picos, EndedCall expense) {
		turnPage();
		this.running -= picos;
		if (expense.picos() > 0) {
			this.ended.add(expense);
		}
		count();
	}

	/** Describes the purse at this moment. */
	synchronized State state() {
		turnPage();
		return new State(this.day, this.limit, Picos.sum(day(), this.running), Picos.sum(month(), this.running));
	}

	/**
	 * A purse at one moment.
	 *
	 * @param day the day
	 * @param limit the limit
	 * @param daySpent picodollars spent on this day
	 * @param monthSpent picodollars spent in this month
	 */
	record State(LocalDate day, Limit limit, long daySpent, long monthSpent) {

		boolean isMonthSpent() {
			return this.monthSpent >= this.limit.perMonth();
		}

	}

}
