package dev.runnel.budget;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.LongSupplier;

import dev.runnel.conversation.Expense;
import dev.runnel.conversation.Expense.Basis;
import dev.runnel.conversation.TimeUuid;
import dev.runnel.upstream.Usage;
import dev.runnel.web.Visitor;
import org.jspecify.annotations.Nullable;

/**
 * The cost of one call of a model: an estimate while the answer is written, and what the
 * model service reports at its end. Safe for use by several threads.
 */
public final class ModelCall {

	/** Tokens that a model writes in a second, as far as nobody sees them. */
	private static final long UNSEEN_PER_SECOND = 100;

	/** In a shorter pause between two thoughts a model does not think unseen. */
	private static final long PAUSE_MILLIS = 1000;

	private static final long MILLIS = 1000;

	/** Stands in an id between the model and its variant, such as {@code free}. */
	private static final String VARIANT = ":";

	private final Visitor owner;

	private final String model;

	private final List<Purse> purses;

	private final Clock clock;

	private final LongSupplier nanos;

	/** Whether the model may think without showing it. */
	private final boolean thinksUnseen;

	private Price price;

	/** What a quarter of a token of the answer costs, in picodollars. */
	private long completionQuarter;

	/** The estimated tokens of the prompt, in quarters. */
	private long readQuarters;

	/** The estimated tokens of the answer so far, in quarters. */
	private long writtenQuarters;

	/** The tokens that the service reported; null before that. */
	private @Nullable Usage reported;

	/** What the purses have counted for this call, in picodollars. */
	private long counted;

	private boolean begun;

	/** What failed attempts cost that the service bills. */
	private Charge charged = Charge.NONE;

	/** Whether the last attempt has failed, and no other one has written anything yet. */
	private boolean failed;

	/** When it last began or wrote something. */
	private long heardAt;

	/** What the model may have thought unseen so far, in quarters of a token. */
	private long unseenQuarters;

	/** Whether the model has stopped thinking: its text has begun. */
	private boolean speaks;

	/** The most tokens that the model may write. */
	private long maxTokens;

	/** What its search of the web costs at least, in US dollars. */
	private BigDecimal search = BigDecimal.ZERO;

	private @Nullable EndedCall ended;

	private @Nullable Expense expense;

	ModelCall(Visitor owner, String model, Price price, boolean thinksUnseen, List<Purse> purses, Clock clock) {
		this(owner, model, price, thinksUnseen, purses, clock, System::nanoTime);
	}

	ModelCall(Visitor owner, String model, Price price, boolean thinksUnseen, List<Purse> purses, Clock clock,
			LongSupplier nanos) {
		this.owner = owner;
		this.model = model;
		this.price = price;
		this.completionQuarter = price.completionQuarter();
		this.purses = purses;
		this.clock = clock;
		this.nanos = nanos;
		this.thinksUnseen = thinksUnseen;
	}

	/**
	 * Creates a call that costs nothing and stands in no ledger: one of the mock.
	 * @return the call
	 */
	public static ModelCall free() {
		return new ModelCall(new Visitor(""), "", Price.FREE, false, List.of(), Clock.systemUTC());
	}

	/**
	 * Returns whether a budget can end the call.
	 * @return false if nothing limits it
	 */
	public boolean isLimited() {
		return !this.purses.isEmpty();
	}

	/**
	 * Begins the call, and reserves the cost of its prompt and of one search.
	 * @param quarters the estimated tokens of the prompt, from {@link Tokens}
	 * @param maxTokens the most tokens that the model may write
	 * @param searches whether the model may search the web
	 * @return whether there is enough money; if not, the model must not be asked
	 */
	public synchronized boolean begin(long quarters, long maxTokens, boolean searches) {
		BigDecimal fee = searches ? this.price.search() : BigDecimal.ZERO;
		long cost = Picos.sum(Picos.times(this.price.promptQuarter(), quarters), Picos.of(fee));
		if (!isFree(cost) && !reserve(cost)) {
			return false;
		}
		this.begun = true;
		this.search = fee;
		this.heardAt = this.nanos.getAsLong();
		this.maxTokens = maxTokens;
		this.readQuarters = quarters;
		this.counted = cost;
		return true;
	}

	private boolean isFree(long cost) {
		return cost == 0 && this.price.isFree();
	}

	private boolean reserve(long cost) {
		for (int i = 0; i < this.purses.size(); i++) {
			if (!this.purses.get(i).tryRun(cost)) {
				this.purses.subList(0, i).forEach((purse) -> purse.run(-cost));
				return false;
			}
		}
		return true;
	}

	/**
	 * Counts a thought that the model shows.
	 * @param quarters the estimated tokens of the thought, from {@link Tokens}
	 * @return whether any money is left
	 */
	public synchronized boolean think(long quarters) {
		goOn();
		return write(quarters + unseen());
	}

	/**
	 * Counts a part of the answer.
	 * @param quarters the estimated tokens of the part, from {@link Tokens}
	 * @return whether any money is left
	 */
	public synchronized boolean add(long quarters) {
		goOn();
		long thought = unseen();
		this.speaks = true;
		return write(quarters + thought);
	}

	private boolean write(long more) {
		this.writtenQuarters += more;
		long cost = Picos.times(this.completionQuarter, more);
		return this.ended != null || isFree(cost) || count(cost);
	}

	/**
	 * Estimates what the model has thought since it last wrote something: before its
	 * first output, and in the pauses between thoughts, of which some models show only a
	 * summary. Services bill it, and tell of it only at the end, which an answer that is
	 * stopped does not reach.
	 */
	private long unseen() {
		if (!this.thinksUnseen || this.speaks) {
			return 0;
		}
		long now = this.nanos.getAsLong();
		long millis = Duration.ofNanos(now - this.heardAt).toMillis();
		this.heardAt = now;
		if (this.writtenQuarters > 0 && millis < PAUSE_MILLIS) {
			return 0;
		}
		long more = Math.min(Tokens.QUARTERS * this.maxTokens - this.unseenQuarters,
				Tokens.QUARTERS * millis * UNSEEN_PER_SECOND / MILLIS);
		this.unseenQuarters += more;
		return more;
	}

	/**
	 * Notes the model that answers. Its price counts if it is known and higher than the
	 * price of the model that was asked. Some services name the free variant of a model
	 * by the id of the model alone.
	 * @param id the id of the model
	 * @param answering its price
	 * @return whether any money is left for it
	 */
	public synchronized boolean answeredBy(String id, Price answering) {
		boolean isVariant = this.price.isListedFree() && this.model.startsWith(id + VARIANT);
		if (this.ended != null || isVariant || !answering.isDearer(this.price)) {
			return true;
		}
		long more = Math.max(0, answering.promptQuarter() - this.price.promptQuarter());
		this.price = answering;
		this.completionQuarter = answering.completionQuarter();
		return count(this.failed ? 0 : Picos.times(more, this.readQuarters));
	}

	private boolean count(long picos) {
		this.counted = Picos.sum(this.counted, picos);
		boolean left = true;
		for (Purse purse : this.purses) {
			left &= purse.run(picos);
		}
		return left;
	}

	/**
	 * Takes what the model service reports in place of the estimate.
	 * @param usage the tokens and the cost; null if it reports none
	 */
	public synchronized void report(@Nullable Usage usage) {
		if (usage != null && this.begun && this.ended == null) {
			this.failed = false;
			this.reported = usage;
			settle();
		}
	}

	/**
	 * Takes what the model service reports for an attempt that has failed, in place of
	 * its estimate. Another attempt costs as much again as it reports.
	 * @param usage the tokens and the cost
	 * @return whether any money is left
	 */
	public synchronized boolean charge(Usage usage) {
		if (!this.begun || this.ended != null) {
			return true;
		}
		this.failed = false;
		this.writtenQuarters += unseen();
		this.reported = atLeastEstimated(usage);
		this.charged = new Charge(readTokens(), writtenTokens(), cost(), basis());
		return fail();
	}

	/**
	 * The usage of an answer that broke off may be one that the service told on the way,
	 * so it lacks what came after it.
	 */
	private Usage atLeastEstimated(Usage usage) {
		Long tokens = usage.completionTokens();
		if (tokens == null || usage.cost() != null) {
			return usage;
		}
		return new Usage(usage.promptTokens(), Math.max(tokens, Tokens.whole(this.writtenQuarters)),
				usage.reasoningTokens(), usage.cachedTokens(), null);
	}

	/**
	 * Notes that no model answered. The call then costs nothing but what was charged for
	 * its attempts.
	 */
	public synchronized void cancel() {
		if (this.ended == null) {
			fail();
			this.begun = this.begun && this.charged != Charge.NONE;
		}
	}

	private boolean fail() {
		this.failed = true;
		this.reported = null;
		this.writtenQuarters = 0;
		this.unseenQuarters = 0;
		this.speaks = false;
		this.heardAt = this.nanos.getAsLong();
		return settle();
	}

	/**
	 * Notes that another attempt may run now. One that is stopped before its first word
	 * has read the prompt, and may have thought.
	 */
	public synchronized void resumed() {
		goOn();
	}

	/** Counts the prompt again, if another attempt runs. */
	private void goOn() {
		if (this.failed && this.ended == null) {
			this.failed = false;
			settle();
		}
	}

	/** Counts what the call costs as far as it is known now. */
	private boolean settle() {
		return count(Picos.of(cost()) - this.counted);
	}

	private BigDecimal cost() {
		return this.charged.cost().add(this.failed ? BigDecimal.ZERO : costOfAttempt());
	}

	private BigDecimal costOfAttempt() {
		BigDecimal cost = (this.reported != null) ? this.reported.cost() : null;
		return (cost != null) ? cost : this.price.of(readInAttempt(), writtenInAttempt()).add(this.search);
	}

	private long readTokens() {
		return this.charged.readTokens() + (this.failed ? 0 : readInAttempt());
	}

	private long writtenTokens() {
		return this.charged.writtenTokens() + (this.failed ? 0 : writtenInAttempt());
	}

	private long readInAttempt() {
		Long tokens = (this.reported != null) ? this.reported.promptTokens() : null;
		return (tokens != null) ? tokens : Tokens.whole(this.readQuarters);
	}

	private long writtenInAttempt() {
		Long tokens = (this.reported != null) ? this.reported.completionTokens() : null;
		return (tokens != null) ? tokens : Tokens.whole(this.writtenQuarters);
	}

	private Basis basis() {
		if (this.failed) {
			return this.charged.basis();
		}
		return (this.reported != null && this.reported.cost() != null) ? Basis.REPORTED : this.price.basis();
	}

	/**
	 * Ends the call. Ending it again changes nothing.
	 * @return the expense for the ledger; null if the call cost nothing. Call
	 * {@link #stored} when the ledger has it
	 */
	public synchronized @Nullable Expense end() {
		if (this.ended == null) {
			end(this.clock.instant());
		}
		return this.expense;
	}

	private void end(Instant now) {
		if (this.begun && !this.failed) {
			this.writtenQuarters += unseen();
		}
		if (this.begun) {
			this.expense = new Expense(TimeUuid.next(), this.owner, this.model, now, readTokens(), writtenTokens(),
					cost(), basis());
		}
		EndedCall spent = new EndedCall(now.atOffset(ZoneOffset.UTC).toLocalDate(), this.begun ? Picos.of(cost()) : 0);
		this.purses.forEach((purse) -> purse.end(this.counted, spent));
		this.ended = spent;
	}

	/**
	 * Notes that the ledger has the expense, or will have it later.
	 * @param success whether it has it now
	 */
	public synchronized void stored(boolean success) {
		if (this.ended != null) {
			this.ended.stored(success);
		}
	}

	/**
	 * What failed attempts cost.
	 *
	 * @param readTokens the tokens read
	 * @param writtenTokens the tokens written
	 * @param cost US dollars
	 * @param basis where the last cost comes from
	 */
	private record Charge(long readTokens, long writtenTokens, BigDecimal cost, Basis basis) {

		private static final Charge NONE = new Charge(0, 0, BigDecimal.ZERO, Basis.PRICED);

	}

}
