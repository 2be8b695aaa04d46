package dev.runnel.budget;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

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

	private static final long MILLIS = 1000;

	/** Stands in an id between the model and its variant, such as {@code free}. */
	private static final String VARIANT = ":";

	private final Visitor owner;

	private final String model;

	private final List<Purse> purses;

	private final Clock clock;

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

	/** When it began, by {@link System#nanoTime}. */
	private long begunAt;

	/** The most tokens that the model may write. */
	private long maxTokens;

	/** What its search of the web costs at least, in US dollars. */
	private BigDecimal search = BigDecimal.ZERO;

	private @Nullable EndedCall ended;

	private @Nullable Expense expense;

	ModelCall(Visitor owner, String model, Price price, boolean thinksUnseen, List<Purse> purses, Clock clock) {
		this.owner = owner;
		this.model = model;
		this.price = price;
		this.completionQuarter = price.completionQuarter();
		this.purses = purses;
		this.clock = clock;
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
		this.begunAt = System.nanoTime();
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
	 * Counts a part of the answer.
	 * @param quarters the estimated tokens of the part, from {@link Tokens}
	 * @return whether any money is left
	 */
	public synchronized boolean add(long quarters) {
		long more = quarters + ((this.writtenQuarters == 0) ? unseen() : 0);
		this.writtenQuarters += more;
		long cost = Picos.times(this.completionQuarter, more);
		return this.ended != null || isFree(cost) || count(cost);
	}

	/**
	 * Estimates what the model has thought before its first output. Services bill it, and
	 * tell of it only at the end, which an answer that is stopped does not reach.
	 */
	private long unseen() {
		if (!this.thinksUnseen) {
			return 0;
		}
		long millis = Duration.ofNanos(System.nanoTime() - this.begunAt).toMillis();
		return Tokens.QUARTERS * Math.min(this.maxTokens, millis * UNSEEN_PER_SECOND / MILLIS);
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
		boolean isVariant = this.price.isFree() && this.model.startsWith(id + VARIANT);
		if (this.ended != null || isVariant || !answering.isDearer(this.price)) {
			return true;
		}
		long more = Math.max(0, answering.promptQuarter() - this.price.promptQuarter());
		this.price = answering;
		this.completionQuarter = answering.completionQuarter();
		return count(Picos.times(more, this.readQuarters));
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
			this.reported = usage;
			count(Picos.of(cost()) - this.counted);
		}
	}

	/** Notes that the call costs nothing, because no model answered. */
	public synchronized void cancel() {
		if (this.ended == null) {
			count(-this.counted);
			this.begun = false;
		}
	}

	private BigDecimal cost() {
		BigDecimal cost = (this.reported != null) ? this.reported.cost() : null;
		return (cost != null) ? cost : this.price.of(readTokens(), writtenTokens()).add(this.search);
	}

	private long readTokens() {
		Long tokens = (this.reported != null) ? this.reported.promptTokens() : null;
		return (tokens != null) ? tokens : Tokens.whole(this.readQuarters);
	}

	private long writtenTokens() {
		Long tokens = (this.reported != null) ? this.reported.completionTokens() : null;
		return (tokens != null) ? tokens : Tokens.whole(this.writtenQuarters);
	}

	private Basis basis() {
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
		if (this.begun && this.writtenQuarters == 0) {
			this.writtenQuarters = unseen();
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

}
