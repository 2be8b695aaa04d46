package dev.runnel.chat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.runnel.budget.ModelCall;
import dev.runnel.conversation.Expense;
import dev.runnel.conversation.Turn;
import dev.runnel.conversation.TurnStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Stores an answer while it grows, so that a crash loses only a little. Each write holds
 * only the new text, and it never delays the answer. A temporary answer is stored at its
 * end only.
 */
final class DraftSaver {

	private static final Logger log = LoggerFactory.getLogger(DraftSaver.class);

	/**
	 * The interval of writes. The operating system gets the text about half a second
	 * later, plus some time for the batch, so a crash loses at most two seconds.
	 */
	private static final Duration EVERY = Duration.ofMillis(1200);

	/** The growth that is stored at once, in UTF-16 units. */
	private static final int CHARS = 4096;

	/** The longest time that the first word of the mock waits for the store. */
	private static final Duration ORIGIN_WAIT = Duration.ofSeconds(2);

	private final TurnStore turns;

	private final Turn turn;

	private final AnswerDraft draft;

	private final ModelCall call;

	private final Sinks.Many<Boolean> grown = Sinks.many().unicast().onBackpressureBuffer();

	private final AtomicBoolean ended = new AtomicBoolean();

	private final Sinks.Empty<Void> endSaved = Sinks.empty();

	/** The length of the answer when the last write was started, in UTF-16 units. */
	private volatile int savedLength;

	DraftSaver(TurnStore turns, Turn turn, AnswerDraft draft, ModelCall call) {
		this.turns = turns;
		this.turn = turn;
		this.draft = draft;
		this.call = call;
		this.savedLength = draft.length();
	}

	/**
	 * Checks the answer, and starts a write if it has grown by {@link #CHARS} or more.
	 */
	void changed() {
		if (this.turn.temporary()) {
			return;
		}
		int length = this.draft.length();
		if (length - this.savedLength >= CHARS) {
			this.savedLength = length;
			this.grown.tryEmitNext(true);
		}
	}

	/**
	 * Stores the whole answer at its end, and what it cost. Call it before readers learn
	 * of the end, because one of them may send the next question at once.
	 * <p>
	 * A temporary answer is kept in memory immediately, and the ledger repeats a failed
	 * write itself. A second attempt could replace an answer that was continued
	 * meanwhile.
	 */
	void end() {
		if (this.ended.compareAndSet(false, true)) {
			Expense expense = this.call.end();
			Mono<Void> end = Mono.defer(() -> this.turns.end(this.turn, this.draft.snapshot(), expense));
			if (this.turn.temporary()) {
				end.subscribe((done) -> {
				}, this::expenseNotSaved, () -> this.call.stored(true));
				// Its text is in memory now, and the next question needs no ledger.
				this.endSaved.tryEmitEmpty();
			}
			else {
				end.doOnError(this::endNotSaved).retry(1).subscribe((done) -> {
				}, this::endNotSaved, this::endStored);
			}
		}
	}

	private void expenseNotSaved(Throwable ex) {
		log.warn("The cost of the temporary answer {} is not stored yet: {}", this.turn.answerId(),
				String.valueOf(ex.getMessage()));
		this.call.stored(false);
	}

	private void endStored() {
		this.call.stored(true);
		this.endSaved.tryEmitEmpty();
	}

	/** Completes after a failed attempt, so that nothing waits for the second one. */
	private void endNotSaved(Throwable ex) {
		notSaved(ex);
		this.call.stored(false);
		this.endSaved.tryEmitEmpty();
	}

	/**
	 * Stores the answer as it grows.
	 * @return a Mono that never fails; it completes when the answer has ended and its end
	 * is stored or its first attempt failed, and does not wait for the cost of a
	 * temporary answer
	 */
	Mono<Void> run() {
		if (this.turn.temporary()) {
			return this.endSaved.asMono();
		}
		Flux<?> ticks = Flux.interval(EVERY).onBackpressureDrop().filter((tick) -> hasGrown());
		return Flux.merge(ticks, this.grown.asFlux())
			.onBackpressureLatest()
			.concatMap((signal) -> append(), 0)
			.takeUntilOther(this.endSaved.asMono())
			.then();
	}

	/**
	 * Stores the new writer of the answer before its first text.
	 * @return a Mono that completes when it is stored, or after a failure or a timeout;
	 * never fails
	 */
	Mono<Void> saveOrigin() {
		return append().timeout(ORIGIN_WAIT, Mono.empty());
	}

	private boolean hasGrown() {
		int length = this.draft.length();
		boolean grew = length > this.savedLength;
		this.savedLength = length;
		return grew;
	}

	private Mono<Void> append() {
		return Mono.defer(() -> this.turns.append(this.turn, this.draft.takePart())).onErrorResume((ex) -> {
			notSaved(ex);
			return Mono.empty();
		});
	}

	private void notSaved(Throwable ex) {
		log.warn("Answer {} is not stored yet: {}", this.turn.answerId(), String.valueOf(ex.getMessage()));
	}

}
