package dev.runnel.chat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import dev.runnel.conversation.Answer;
import dev.runnel.conversation.AnswerState;
import dev.runnel.conversation.Turn;
import dev.runnel.stream.EndRequest;
import dev.runnel.stream.StreamId;
import dev.runnel.stream.StreamLog;
import dev.runnel.stream.StreamState;
import dev.runnel.upstream.Attachment;
import dev.runnel.upstream.ModelEvent;
import dev.runnel.upstream.UpstreamFailure;
import dev.runnel.web.Visitor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Translates the events of the model into the events of a turn, and keeps the state of
 * the answer.
 * <p>
 * Called by one thread at a time, except {@link #endRequested}, {@link #stayHere} and
 * {@link #outcome}, which any thread may call.
 */
final class TurnEvents {

	private static final Logger log = LoggerFactory.getLogger(TurnEvents.class);

	private final StreamLog<ChatEvent> events;

	private final StreamId stream;

	private final Turn turn;

	private final QuestionHtml question;

	private final TextEvents texts;

	private final AnswerDraft draft;

	private final DraftSaver saver;

	/** The part that readers have of a stream of another server; null otherwise. */
	private final ShownAnswer.@Nullable Length shown;

	/** The pictures of the answer so far. */
	private volatile List<Attachment> pictures;

	private volatile boolean ended;

	private volatile @Nullable EndRequest endRequest;

	private volatile boolean staysHere;

	private volatile @Nullable ChatFailure failure;

	private volatile @Nullable UpstreamFailure fallback;

	private volatile @Nullable UpstreamFailure upstreamFailure;

	TurnEvents(StreamLog<ChatEvent> events, StreamId stream, Turn turn, AnswerTexts texts, AnswerDraft draft,
			DraftSaver saver) {
		this(events, stream, turn, texts, draft, saver, null);
	}

	TurnEvents(StreamLog<ChatEvent> events, StreamId stream, Turn turn, AnswerTexts texts, AnswerDraft draft,
			DraftSaver saver, ShownAnswer.@Nullable Length shown) {
		this.events = events;
		this.stream = stream;
		this.turn = turn;
		this.question = new QuestionHtml(turn, texts.haveHtml());
		this.texts = new TextEvents(events, texts, draft);
		this.draft = draft;
		this.saver = saver;
		this.shown = shown;
		this.pictures = turn.pictures();
	}

	/**
	 * Begins the turn, so that readers see it before a model is asked. The stream of
	 * another server has begun.
	 */
	void begin() {
		if (this.shown != null) {
			return;
		}
		this.events.append(ChatEvent.Started.of(this.stream, this.turn, this.question.render()));
	}

	/**
	 * Whether {@link #begin} may delay other work on the thread.
	 * @return true if a rendering thread should do it
	 */
	boolean isBeginningCostly() {
		return this.shown == null && this.question.isCostly();
	}

	/**
	 * Lists the steps that send the written part of a continued answer.
	 * @return the steps in order; none for a new answer
	 */
	List<Runnable> resume() {
		Answer written = this.turn.writtenSoFar();
		if (written == null) {
			return List.of();
		}
		List<Runnable> steps = new ArrayList<>();
		this.pictures.forEach((picture) -> steps.add(() -> this.events.append(new ChatEvent.Picture(picture))));
		steps.addAll((this.shown != null) ? this.texts.goOn(written, this.shown) : this.texts.resume(written));
		return steps;
	}

	/**
	 * Returns the visitor who gets the answer.
	 * @return the owner of the turn
	 */
	Visitor visitor() {
		return this.turn.visitor();
	}

	/**
	 * Handles an event of the model.
	 * @param event the next event
	 */
	void on(ModelEvent event) {
		if (event instanceof ModelEvent.Text delta) {
			this.texts.say(delta);
		}
		else if (event instanceof ModelEvent.Reasoning delta) {
			this.texts.reason(delta);
		}
		else if (event instanceof ModelEvent.Moved moved) {
			this.texts.move(moved);
		}
		else {
			note(event);
		}
	}

	/**
	 * Shows a picture that was stored.
	 * @param picture the picture
	 */
	void draw(Attachment picture) {
		this.texts.flush();
		this.draft.drawn();
		this.pictures = Stream.concat(this.pictures.stream(), Stream.of(picture)).toList();
		this.events.append(new ChatEvent.Picture(picture));
	}

	/** Handles an event without text. */
	private void note(ModelEvent event) {
		if (event instanceof ModelEvent.Named named) {
			this.draft.named(named);
		}
		else if (event instanceof ModelEvent.Cited cited) {
			this.draft.cited(cited);
		}
		else if (event instanceof ModelEvent.FellBack fellBack) {
			this.draft.fellBack(fellBack);
			this.fallback = fellBack.cause();
			this.events.append(new ChatEvent.Fallback(fellBack.cause()));
		}
		else if (event instanceof ModelEvent.Finished finished) {
			this.draft.finished(finished);
			complete(false);
		}
		else if (event instanceof ModelEvent.Pause) {
			flush();
		}
	}

	/**
	 * Whether handling an event may delay other work on the thread.
	 * @param event the next event
	 * @return true if a rendering thread should do it
	 */
	boolean isCostly(ModelEvent event) {
		return this.texts.isCostly(event);
	}

	/**
	 * Whether the end of the turn may delay other work on the thread.
	 * @return true if a rendering thread should do it
	 */
	boolean isEndCostly() {
		return !this.ended && this.texts.isEndCostly();
	}

	private void flush() {
		if (!this.ended) {
			this.texts.flush();
		}
	}

	boolean isWaiting() {
		return this.texts.isWaiting();
	}

	/** The longest time without a further event after which held text is sent. */
	Duration longestPause() {
		return this.texts.longestPause();
	}

	/**
	 * Whether the answer was cut at its limit.
	 * @return true if no more text is needed
	 */
	boolean isFull() {
		return this.draft.isFull();
	}

	/**
	 * Remembers why the turn should end early.
	 * @param request the reason
	 */
	void endRequested(EndRequest request) {
		this.endRequest = request;
	}

	/** Remembers that its reader could not read on from another server. */
	void stayHere() {
		this.staysHere = true;
	}

	/**
	 * Ends the turn: the model has finished, or the turn was asked to end. It does
	 * nothing for a complete answer, whose exchange may end a moment later.
	 */
	void end() {
		if (this.ended) {
			return;
		}
		EndRequest request = this.endRequest;
		if (request == null || request == EndRequest.STOP) {
			complete(request == EndRequest.STOP);
		}
		else if (request == EndRequest.HAND_OVER && canMove()) {
			handOver();
		}
		else {
			fail(ChatFailure.INTERRUPTED, AnswerState.INTERRUPTED);
		}
	}

	/** A temporary chat is only in the memory of this server. */
	private boolean canMove() {
		return !this.staysHere && !this.turn.temporary();
	}

	/**
	 * Ends the turn with a failure of the model service.
	 * @param cause the failure
	 */
	void fail(UpstreamFailure cause) {
		this.upstreamFailure = cause;
		fail(ChatFailure.of(cause));
	}

	/**
	 * Ends the turn with a failure.
	 * @param failure the failure to show to readers
	 */
	void fail(ChatFailure failure) {
		if (this.ended) {
			return;
		}
		fail(failure, (this.draft.isEmpty() && this.pictures.isEmpty()) ? AnswerState.FAILED : AnswerState.INTERRUPTED);
	}

	private void complete(boolean stopped) {
		this.texts.finish();
		this.draft.end(stopped ? AnswerState.STOPPED : AnswerState.COMPLETE);
		close(new ChatEvent.Completed(this.turn.answerId(), this.draft.snapshot()),
				stopped ? StreamState.STOPPED : StreamState.COMPLETED);
	}

	private void fail(ChatFailure failure, AnswerState state) {
		breakOff(failure, state);
		close(new ChatEvent.Failed(failure), StreamState.FAILED);
	}

	/**
	 * Ends the turn here. The answer is stored as interrupted, as another server needs it
	 * to go on. The stream has no last event yet.
	 */
	private void handOver() {
		breakOff(ChatFailure.INTERRUPTED, AnswerState.INTERRUPTED);
		close("nothing", this.events::handOver);
	}

	/**
	 * Ends the answer. After an internal error the text is not touched again, because it
	 * may be the cause.
	 */
	private void breakOff(ChatFailure failure, AnswerState state) {
		if (failure != ChatFailure.INTERNAL) {
			sendRest();
		}
		this.draft.end(state);
		this.failure = failure;
	}

	/** Sends the last text. If that fails, the failure of the turn is still sent. */
	private void sendRest() {
		try {
			this.texts.finish();
		}
		catch (RuntimeException | VirtualMachineError | LinkageError ex) {
			log.error("Stream {} ends without its last text", stream(), ex);
		}
	}

	private void close(ChatEvent last, StreamState state) {
		close(last.name(), () -> this.events.close(last, state));
	}

	private void close(String last, Runnable closing) {
		this.ended = true;
		this.saver.end();
		try {
			closing.run();
		}
		catch (RuntimeException | VirtualMachineError | LinkageError ex) {
			log.error("Stream {} cannot be closed with {}", stream(), last, ex);
			closeAnyway();
		}
	}

	/** Closes the log with a constant event, whose encoding cannot fail. */
	private void closeAnyway() {
		if (this.events.status().state() == StreamState.RUNNING) {
			this.failure = ChatFailure.INTERNAL;
			this.events.close(new ChatEvent.Failed(ChatFailure.INTERNAL), StreamState.FAILED);
		}
	}

	/**
	 * The id of the stream that is written.
	 */
	StreamId stream() {
		return this.stream;
	}

	/**
	 * How the turn ended.
	 * @return the outcome after the last event; a failure if there was no last event
	 */
	Outcome outcome() {
		return new Outcome(this.draft.snapshot(), this.pictures, this.ended ? this.failure : ChatFailure.INTERNAL,
				this.fallback, this.upstreamFailure);
	}

}
