package dev.runnel.chat;

import java.util.concurrent.Executors;

import dev.runnel.stream.EndRequest;
import dev.runnel.stream.StreamLog;
import dev.runnel.upstream.ModelEvent;
import dev.runnel.upstream.PictureText;
import dev.runnel.upstream.UpstreamException;
import dev.runnel.web.RenderingThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Writes a turn from its first event to its last. A turn always gets a last event, also
 * after errors.
 */
final class TurnRun {

	private static final Logger log = LoggerFactory.getLogger(TurnRun.class);

	/** How many events are prefetched from the model while one is handled. */
	static final int PREFETCH = 1;

	private final StreamLog<ChatEvent> events;

	private final TurnEvents turnEvents;

	private final DraftSaver saver;

	private final TurnPictures pictures;

	private final Pauses pauses = new Pauses();

	TurnRun(StreamLog<ChatEvent> events, TurnEvents turnEvents, DraftSaver saver, TurnPictures pictures) {
		this.events = events;
		this.turnEvents = turnEvents;
		this.saver = saver;
		this.pictures = pictures;
	}

	/**
	 * Writes the turn.
	 * @param model the events of the model
	 * @return a Mono that completes when the last event is written and the answer is
	 * stored
	 */
	Mono<Void> write(Flux<ModelEvent> model) {
		return Mono.when(answer(model), this.saver.run());
	}

	private Mono<Void> answer(Flux<ModelEvent> model) {
		return begin().then(Mono.defer(this::resume))
			.thenMany(Flux.defer(() -> this.pauses.within(model).takeUntilOther(endRequested())))
			.concatMapDelayError(this::handle, true, PREFETCH)
			.next()
			.doOnDiscard(ModelEvent.Picture.class, (picture) -> picture.content().close())
			.then(Mono.defer(() -> last(this.turnEvents::end)))
			.onErrorResume((ex) -> last(() -> fail(ex)));
	}

	/** Ends the turn. The text that still waits may take long to render. */
	private Mono<Void> last(Runnable end) {
		Mono<Void> step = TurnSteps.step(end);
		return isEndCostly() ? step.subscribeOn(RenderingThreads.live()) : step;
	}

	/**
	 * A text that cannot tell may take any time. Its failure must not prevent the end.
	 */
	private boolean isEndCostly() {
		try {
			return this.turnEvents.isEndCostly();
		}
		catch (RuntimeException | VirtualMachineError | LinkageError ex) {
			return true;
		}
	}

	/** Sends the first event, which has the HTML of the question. */
	private Mono<Void> begin() {
		Mono<Void> begun = TurnSteps.step(this.turnEvents::begin);
		return this.turnEvents.isBeginningCostly() ? begun.subscribeOn(RenderingThreads.live()) : begun;
	}

	/**
	 * Sends the text of a continued answer. A long text takes long to render, so this
	 * does not run on a thread of the database or of an event loop, and its visitor takes
	 * turns with others.
	 */
	private Mono<Void> resume() {
		return Flux.fromIterable(this.turnEvents.resume())
			.concatMap((step) -> RenderingThreads.stored(Executors.callable(() -> TurnSteps.run(step), true)))
			.then()
			.contextWrite((context) -> RenderingThreads.withOwner(context, this.turnEvents.visitor()));
	}

	/**
	 * A request to end the turn. If the log closes first, this never completes: the
	 * exchange with the model goes on to its own end, so that its connection can be
	 * reused.
	 */
	private Mono<EndRequest> endRequested() {
		return this.events.endRequested().doOnNext(this.turnEvents::endRequested).switchIfEmpty(Mono.never());
	}

	/**
	 * Handles an event. A cheap event is handled on the current thread, because a switch
	 * would cost more. If handling fails later, the turn ends here, not after the last
	 * event of the model.
	 * @return a value if the turn should end; empty otherwise
	 */
	private Mono<Boolean> handle(ModelEvent event) {
		if (!this.events.hasRoom()) {
			return this.events.awaitRoom().then(Mono.defer(() -> handleNow(event))).onErrorResume(this::failed);
		}
		return handleNow(event);
	}

	/**
	 * A costly event is a task of its own: other turns use the thread before the next
	 * one. An event holds only a piece of text, so the task is short.
	 */
	private Mono<Boolean> handleNow(ModelEvent event) {
		if (event instanceof ModelEvent.Picture picture) {
			return keep(picture);
		}
		if (!isCostly(event)) {
			return take(event);
		}
		return Mono.defer(() -> take(event)).subscribeOn(RenderingThreads.live()).onErrorResume(this::failed);
	}

	/**
	 * Stores a picture while the next event waits. One that is refused costs a note in
	 * the text.
	 */
	private Mono<Boolean> keep(ModelEvent.Picture picture) {
		return this.pictures.keep(picture.content())
			.map((stored) -> TurnSteps.step(() -> this.turnEvents.draw(stored)).thenReturn(false))
			.onErrorResume((ex) -> Mono.just(note(ex)))
			.publishOn(RenderingThreads.live())
			.flatMap((step) -> step)
			.filter(Boolean::booleanValue)
			.onErrorResume(this::failed);
	}

	private Mono<Boolean> note(Throwable cause) {
		log.info("A picture of stream {} was left out: {}", this.turnEvents.stream(), cause.toString());
		return Mono.defer(() -> take(new ModelEvent.Text(PictureText.leftOut(TurnPictures.reason(cause)))));
	}

	private Mono<Boolean> failed(Throwable ex) {
		return TurnSteps.step(() -> fail(ex)).thenReturn(true);
	}

	private boolean isCostly(ModelEvent event) {
		try {
			return this.turnEvents.isCostly(event);
		}
		catch (VirtualMachineError | LinkageError ex) {
			throw TurnSteps.defect(ex);
		}
	}

	private Mono<Boolean> take(ModelEvent event) {
		try {
			record(event);
			return this.turnEvents.isFull() ? Mono.just(true) : Mono.empty();
		}
		catch (VirtualMachineError | LinkageError ex) {
			throw TurnSteps.defect(ex);
		}
	}

	private void record(ModelEvent event) {
		this.turnEvents.on(event);
		if (event != ModelEvent.PAUSE) {
			this.saver.changed();
			if (this.turnEvents.isWaiting()) {
				this.pauses.heldBack(this.turnEvents.longestPause());
			}
		}
	}

	private void fail(Throwable ex) {
		if (ex instanceof UpstreamException upstream) {
			this.turnEvents.fail(upstream.failure());
			return;
		}
		log.error("Stream {} failed", this.turnEvents.stream(), ex);
		this.turnEvents.fail(ChatFailure.INTERNAL);
	}

}
