package dev.runnel.chat;

import java.time.Duration;

import dev.runnel.stream.EndRequest;
import dev.runnel.stream.StreamLog;
import dev.runnel.upstream.ModelEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Writes a turn from its first event to its last. Whatever happens, there is a last one.
 */
final class TurnWriter {

	private static final Logger log = LoggerFactory.getLogger(TurnWriter.class);

	/** After so much quiet, text that was held back is shown. */
	private static final Duration QUIET = Duration.ofMillis(100);

	/** As many threads as may be busy with whole answers; others wait for them. */
	private static final Scheduler RENDERING = Schedulers.newBoundedElastic(2, Integer.MAX_VALUE, "markdown");

	private final StreamLog<ChatEvent> events;

	private final TurnRecorder recorder;

	private final AnswerKeeper keeper;

	private final Sinks.Many<Boolean> heldBack = Sinks.many().unicast().onBackpressureBuffer();

	TurnWriter(StreamLog<ChatEvent> events, TurnRecorder recorder, AnswerKeeper keeper) {
		this.events = events;
		this.recorder = recorder;
		this.keeper = keeper;
	}

	/**
	 * Writes the turn.
	 * @param model what the model will say
	 * @return completes when the last event is written and the answer is kept
	 */
	Mono<Void> write(Flux<ModelEvent> model) {
		return Mono.when(answer(model), this.keeper.run());
	}

	private Mono<Void> answer(Flux<ModelEvent> model) {
		return step(this.recorder::begin).then(Mono.defer(this::resume))
			.thenMany(Flux.defer(() -> steps(model)))
			.doOnNext(this::take)
			.takeUntil((step) -> this.recorder.isFull())
			.then(step(this.recorder::end))
			.onErrorResume((ex) -> step(() -> fail(ex)));
	}

	/**
	 * The text of a whole answer takes long enough to hold up everybody else on a thread
	 * of the database or of an event loop.
	 */
	private Mono<Void> resume() {
		return this.recorder.isResumed() ? step(this.recorder::resume).subscribeOn(RENDERING) : Mono.empty();
	}

	private static Mono<Void> step(Runnable step) {
		return Mono.fromRunnable(() -> run(step));
	}

	/**
	 * Reactor lets errors of the virtual machine, such as a stack that overflows, past
	 * every handler. Here they end the turn like any other defect.
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

	/** What happens to the turn, one after the other, until it is to end. */
	private Flux<Step> steps(Flux<ModelEvent> model) {
		Flux<Step> said = model.<Step>map(Step.Said::new).doFinally((signal) -> this.heldBack.tryEmitComplete());
		Flux<Step> quiet = this.heldBack.asFlux().switchMap((held) -> Mono.delay(QUIET).map((tick) -> Step.QUIET));
		return Flux.merge(said, quiet).takeUntilOther(endRequested());
	}

	/**
	 * A log that has its last event will not be asked to end. That is no request to end:
	 * the model's exchange goes on to its own end, after which its connection can be used
	 * again.
	 */
	private Mono<EndRequest> endRequested() {
		return this.events.endRequested().doOnNext(this.recorder::endRequested).switchIfEmpty(Mono.never());
	}

	private void take(Step step) {
		try {
			record(step);
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

	/** One thing that happens to a turn. */
	private sealed interface Step {

		Step QUIET = new Quiet();

		/** The model said something. */
		record Said(ModelEvent event) implements Step {
		}

		/** Nothing was said for a while although text was held back. */
		record Quiet() implements Step {
		}

	}

}
