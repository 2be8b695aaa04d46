package dev.runnel.chat;

import java.time.Duration;

import dev.runnel.stream.EndRequest;
import dev.runnel.stream.StreamLog;
import dev.runnel.upstream.ModelEvent;
import dev.runnel.web.RenderingThreads;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Writes a turn from its first event to its last. A turn always gets a last event, also
 * after errors.
 */
final class TurnRun {

	private static final Logger log = LoggerFactory.getLogger(TurnRun.class);

	/** After this time without new text, text that was held back is shown. */
	private static final Duration QUIET = Duration.ofMillis(100);

	/** How many events are prefetched from the model during a costly step. */
	private static final int AHEAD = 1;

	private final StreamLog<ChatEvent> events;

	private final TurnEvents recorder;

	private final DraftSaver keeper;

	private final Sinks.Many<Boolean> heldBack = Sinks.many().unicast().onBackpressureBuffer();

	TurnRun(StreamLog<ChatEvent> events, TurnEvents recorder, DraftSaver keeper) {
		this.events = events;
		this.recorder = recorder;
		this.keeper = keeper;
	}

	/**
	 * Writes the turn.
	 * @param model the events of the model
	 * @return a Mono that completes when the last event is written and the answer is
	 * stored
	 */
	Mono<Void> write(Flux<ModelEvent> model) {
		return Mono.when(answer(model), this.keeper.run());
	}

	private Mono<Void> answer(Flux<ModelEvent> model) {
		return step(this.recorder::begin).then(Mono.defer(this::resume))
			.thenMany(Flux.defer(() -> steps(model)))
			.concatMap(this::taken, AHEAD)
			.next()
			.then(step(this.recorder::end))
			.onErrorResume((ex) -> step(() -> fail(ex)));
	}

	/**
	 * Sends the text of a continued answer. A long text takes long to render, so this
	 * does not run on a thread of the database or of an event loop.
	 */
	private Mono<Void> resume() {
		return this.recorder.isResumed() ? step(this.recorder::resume).subscribeOn(RenderingThreads.stored())
				: Mono.empty();
	}

	private static Mono<Void> step(Runnable step) {
		return Mono.fromRunnable(() -> run(step));
	}

	/**
	 * Converts errors of the virtual machine, for example a stack overflow, into
	 * exceptions that end the turn. Reactor does not pass such errors to its error
	 * handlers.
	 */
	private static void run(Runnable step) {
		try {
			step.run();
		}
		catch (VirtualMachineError | LinkageError ex) {
			throw defect(ex);
		}
	}

	private static IllegalStateException defect(Error ex) {
		return new IllegalStateException("a step of the turn failed", ex);
	}

	/** The steps of the turn, one after the other, until it should end. */
	private Flux<Step> steps(Flux<ModelEvent> model) {
		Flux<Step> said = model.<Step>map(Step.Said::new)
			.concatWith(Mono.just(new Step.Over(null)))
			.onErrorResume((ex) -> Mono.just(new Step.Over(ex)));
		Flux<Step> quiet = this.heldBack.asFlux().switchMap((held) -> Mono.delay(QUIET).map((tick) -> Step.QUIET));
		return Flux.merge(AHEAD, said, quiet).takeUntilOther(endRequested());
	}

	/**
	 * A request to end the turn. If the log closes first, this never completes: the
	 * exchange with the model goes on to its own end, so that its connection can be
	 * reused.
	 */
	private Mono<EndRequest> endRequested() {
		return this.events.endRequested().doOnNext(this.recorder::endRequested).switchIfEmpty(Mono.never());
	}

	/**
	 * Takes a step. A cheap step runs on the current thread, because a switch would cost
	 * more than the step.
	 * @return a value if the turn should end; empty otherwise
	 */
	private Mono<Boolean> taken(Step step) {
		if (step instanceof Step.Over over) {
			return (over.cause() != null) ? Mono.error(over.cause()) : Mono.just(true);
		}
		return this.events.hasRoom() ? takenNow(step) : this.events.awaitRoom().then(Mono.defer(() -> takenNow(step)));
	}

	/**
	 * A costly step is a task of its own: other turns use the thread before the next one.
	 * A model's event holds only a piece of text, so a step is short.
	 */
	private Mono<Boolean> takenNow(Step step) {
		return isCostly(step) ? Mono.defer(() -> take(step)).subscribeOn(RenderingThreads.live()) : take(step);
	}

	private boolean isCostly(Step step) {
		try {
			return this.recorder.isCostly(step.length());
		}
		catch (VirtualMachineError | LinkageError ex) {
			throw defect(ex);
		}
	}

	private Mono<Boolean> take(Step step) {
		try {
			record(step);
			return this.recorder.isFull() ? Mono.just(true) : Mono.empty();
		}
		catch (VirtualMachineError | LinkageError ex) {
			throw defect(ex);
		}
	}

	private void record(Step step) {
		if (step instanceof Step.Said said) {
			this.recorder.on(said.event());
			this.keeper.changed();
			if (this.recorder.isWaiting()) {
				this.heldBack.tryEmitNext(true);
			}
		}
		else {
			this.recorder.flush();
		}
	}

	private void fail(Throwable ex) {
		ChatFailure failure = ChatFailure.of(ex);
		if (failure == ChatFailure.INTERNAL) {
			log.error("Stream {} failed", this.recorder.stream(), ex);
		}
		this.recorder.fail(failure);
	}

	/** One step of a turn. */
	private sealed interface Step {

		Step QUIET = new Quiet();

		/** The length of its text, in UTF-16 units. */
		default int length() {
			return 0;
		}

		/** The model said something. */
		record Said(ModelEvent event) implements Step {

			@Override
			public int length() {
				return (this.event instanceof ModelEvent.Text delta) ? delta.text().length() : 0;
			}

		}

		/** No text came for a while, and some text is held back. */
		record Quiet() implements Step {
		}

		/** The model has finished or failed. */
		record Over(@Nullable Throwable cause) implements Step {
		}

	}

}
