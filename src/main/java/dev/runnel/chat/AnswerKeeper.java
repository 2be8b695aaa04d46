package dev.runnel.chat;

import java.time.Duration;

import dev.runnel.conversation.Conversations;
import dev.runnel.conversation.Turn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Keeps an answer while it grows, so that a crash loses little of it. What cannot be kept
 * is tried again with the next growth; it never holds up the answer.
 */
final class AnswerKeeper {

	private static final Logger log = LoggerFactory.getLogger(AnswerKeeper.class);

	/** No more than this is lost to a crash, in time. */
	private static final Duration EVERY = Duration.ofSeconds(2);

	/** No more than this is lost to a crash, in UTF-16 units. */
	private static final int CHARS = 4096;

	private final Conversations conversations;

	private final Turn turn;

	private final AnswerRecord answer;

	private final Sinks.Many<Boolean> grown = Sinks.many().unicast().onBackpressureBuffer();

	private final Sinks.Empty<Void> ended = Sinks.empty();

	/** How much was kept when it was last looked at. */
	private volatile int kept;

	AnswerKeeper(Conversations conversations, Turn turn, AnswerRecord answer) {
		this.conversations = conversations;
		this.turn = turn;
		this.answer = answer;
	}

	/** The answer may have grown: keeps it if it has grown by much. */
	void changed() {
		int length = this.answer.length();
		if (length - this.kept >= CHARS) {
			this.kept = length;
			this.grown.tryEmitNext(true);
		}
	}

	/** The answer grows no more. */
	void end() {
		this.ended.tryEmitEmpty();
	}

	/**
	 * Keeps the answer as it grows.
	 * @return completes when the answer has ended and its end is kept; never fails
	 */
	Mono<Void> run() {
		Flux<?> ticks = Flux.interval(EVERY).onBackpressureDrop().filter((tick) -> hasGrown());
		return Flux.merge(ticks, this.grown.asFlux())
			.takeUntilOther(this.ended.asMono())
			.onBackpressureLatest()
			.concatMap((signal) -> save(), 0)
			.then(Mono.defer(this::save));
	}

	private boolean hasGrown() {
		int length = this.answer.length();
		boolean grew = length > this.kept;
		this.kept = length;
		return grew;
	}

	private Mono<Void> save() {
		return Mono.defer(() -> this.conversations.save(this.turn, this.answer.snapshot())).onErrorResume((ex) -> {
			log.warn("Could not keep answer {}", this.turn.answer(), ex);
			return Mono.empty();
		});
	}

}
