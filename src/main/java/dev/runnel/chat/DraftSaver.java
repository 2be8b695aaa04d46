package dev.runnel.chat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.runnel.conversation.Turn;
import dev.runnel.conversation.TurnStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Keeps an answer while it grows, so that a crash loses little of it. Only what is new is
 * handed over each time, and it never holds up the answer.
 */
final class DraftSaver {

	private static final Logger log = LoggerFactory.getLogger(DraftSaver.class);

	/**
	 * Half a second passes until the operating system has it, and some before: so no more
	 * than two seconds are lost to a crash.
	 */
	private static final Duration EVERY = Duration.ofMillis(1200);

	/** No more than this is lost to a crash, in UTF-16 units. */
	private static final int CHARS = 4096;

	/** The first word of the mock waits at most this long for the store. */
	private static final Duration ORIGIN_WAIT = Duration.ofSeconds(2);

	private final TurnStore conversations;

	private final Turn turn;

	private final AnswerDraft answer;

	private final Sinks.Many<Boolean> grown = Sinks.many().unicast().onBackpressureBuffer();

	private final AtomicBoolean ended = new AtomicBoolean();

	private final Sinks.Empty<Void> endKept = Sinks.empty();

	/** How much was kept when it was last looked at. */
	private volatile int kept;

	DraftSaver(TurnStore conversations, Turn turn, AnswerDraft answer) {
		this.conversations = conversations;
		this.turn = turn;
		this.answer = answer;
		this.kept = answer.length();
	}

	/** The answer may have grown: keeps it if it has grown by much. */
	void changed() {
		int length = this.answer.length();
		if (length - this.kept >= CHARS) {
			this.kept = length;
			this.grown.tryEmitNext(true);
		}
	}

	/**
	 * The answer grows no more: hands over the whole of it. To be called before its
	 * readers are told, since one of them may ask the next question at once.
	 */
	void end() {
		if (this.ended.compareAndSet(false, true)) {
			Mono.defer(() -> this.conversations.end(this.turn, this.answer.snapshot()))
				.doOnError(this::endNotKept)
				.retry(1)
				.subscribe((kept) -> {
				}, this::endNotKept, this.endKept::tryEmitEmpty);
		}
	}

	/** Nobody waits for the second attempt. */
	private void endNotKept(Throwable ex) {
		notKept(ex);
		this.endKept.tryEmitEmpty();
	}

	/**
	 * Keeps the answer as it grows.
	 * @return completes when the answer has ended and its end is kept, or cannot be now;
	 * never fails
	 */
	Mono<Void> run() {
		Flux<?> ticks = Flux.interval(EVERY).onBackpressureDrop().filter((tick) -> hasGrown());
		return Flux.merge(ticks, this.grown.asFlux())
			.onBackpressureLatest()
			.concatMap((signal) -> append(), 0)
			.takeUntilOther(this.endKept.asMono())
			.then();
	}

	/**
	 * Keeps who writes from here on, before anything of it is there.
	 * @return completes when it is stored, or cannot be now; never fails
	 */
	Mono<Void> keepOrigin() {
		return append().timeout(ORIGIN_WAIT, Mono.empty());
	}

	private boolean hasGrown() {
		int length = this.answer.length();
		boolean grew = length > this.kept;
		this.kept = length;
		return grew;
	}

	private Mono<Void> append() {
		return Mono.defer(() -> this.conversations.append(this.turn, this.answer.takePart())).onErrorResume((ex) -> {
			notKept(ex);
			return Mono.empty();
		});
	}

	private void notKept(Throwable ex) {
		log.warn("Answer {} is not stored yet: {}", this.turn.answer(), String.valueOf(ex.getMessage()));
	}

}
