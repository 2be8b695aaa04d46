package dev.runnel.chat;

import dev.runnel.conversation.Answer;
import dev.runnel.conversation.AnswerState;
import dev.runnel.conversation.Turn;
import dev.runnel.stream.EndRequest;
import dev.runnel.stream.StreamId;
import dev.runnel.stream.StreamLog;
import dev.runnel.stream.StreamState;
import dev.runnel.upstream.ModelEvent;
import dev.runnel.upstream.TextPieces;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns what the model says into the events of a turn, and knows at every moment all that
 * is known of the answer.
 * <p>
 * Called by one thread at a time, but for {@link #endRequested} and {@link #outcome},
 * which any thread may call.
 */
final class TurnEvents {

	private static final Logger log = LoggerFactory.getLogger(TurnEvents.class);

	private final StreamLog<ChatEvent> events;

	private final StreamId stream;

	private final Turn turn;

	private final AnswerText text;

	private final AnswerDraft answer;

	private final DraftSaver keeper;

	private volatile boolean ended;

	private volatile @Nullable EndRequest endRequest;

	private volatile @Nullable ChatFailure failure;

	TurnEvents(StreamLog<ChatEvent> events, StreamId stream, Turn turn, AnswerText text, AnswerDraft answer,
			DraftSaver keeper) {
		this.events = events;
		this.stream = stream;
		this.turn = turn;
		this.text = text;
		this.answer = answer;
		this.keeper = keeper;
	}

	/**
	 * The turn begins: its readers know it before any model is asked.
	 */
	void begin() {
		this.events.append(ChatEvent.Started.of(this.stream, this.turn));
	}

	/**
	 * Whether there is text of an answer that goes on.
	 * @return true if {@link #resume} has something to send
	 */
	boolean isResumed() {
		return this.turn.written() != null;
	}

	/**
	 * Readers get what there is of an answer that goes on, as if the model had said it,
	 * in pieces: an event takes many times the memory of its text.
	 */
	void resume() {
		Answer written = this.turn.written();
		if (written != null) {
			TextPieces.of(written.reasoning()).forEach(this::sendReasoning);
			TextPieces.of(written.content()).forEach((piece) -> send(this.text.append(piece)));
			flush();
		}
	}

	/**
	 * Takes in what the model says.
	 * @param event the next event
	 */
	void on(ModelEvent event) {
		if (event instanceof ModelEvent.Text delta) {
			send(this.text.append(this.answer.addText(delta.text())));
		}
		else if (event instanceof ModelEvent.Reasoning delta) {
			sendReasoning(this.answer.addReasoning(delta.text()));
		}
		else if (event instanceof ModelEvent.Named named) {
			this.answer.named(named);
		}
		else if (event instanceof ModelEvent.FellBack fellBack) {
			this.answer.fellBack();
			this.events.append(new ChatEvent.Fallback(fellBack.cause()));
		}
		else if (event instanceof ModelEvent.Finished finished) {
			this.answer.finished(finished);
			complete(false);
		}
	}

	/**
	 * Whether taking in text may hold up others on the thread.
	 * @param length how much text comes, in UTF-16 units
	 * @return true if it belongs on a rendering thread
	 */
	boolean isCostly(int length) {
		return this.text.isCostly(length);
	}

	/** Sends text that waits for more although no more has come for a while. */
	void flush() {
		if (!this.ended) {
			send(this.text.flush());
		}
	}

	boolean isWaiting() {
		return this.text.isWaiting();
	}

	/**
	 * Whether the answer has reached its limit and no more of it is wanted.
	 * @return true if it has
	 */
	boolean isFull() {
		return this.answer.isFull();
	}

	/**
	 * Remembers why the turn is to end before its time.
	 * @param request why
	 */
	void endRequested(EndRequest request) {
		this.endRequest = request;
	}

	/**
	 * The model has said all it will say, or is no longer listened to. An answer that is
	 * whole has ended before: its exchange may take a moment longer.
	 */
	void end() {
		if (this.ended) {
			return;
		}
		EndRequest request = this.endRequest;
		if (request == null || request == EndRequest.STOP) {
			complete(request == EndRequest.STOP);
		}
		else {
			fail(ChatFailure.INTERRUPTED, AnswerState.INTERRUPTED);
		}
	}

	/**
	 * The turn cannot go on.
	 * @param failure what readers are told
	 */
	void fail(ChatFailure failure) {
		if (this.ended) {
			return;
		}
		fail(failure, this.answer.isEmpty() ? AnswerState.FAILED : AnswerState.INTERRUPTED);
	}

	private void complete(boolean stopped) {
		send(this.text.finish());
		this.answer.end(stopped ? AnswerState.STOPPED : AnswerState.COMPLETE);
		close(new ChatEvent.Completed(stopped, facts()), stopped ? StreamState.STOPPED : StreamState.COMPLETED);
	}

	/** What broke here may have been the text itself, so then it is not touched again. */
	private void fail(ChatFailure failure, AnswerState state) {
		if (failure != ChatFailure.INTERNAL) {
			sendRest();
		}
		this.answer.end(state);
		this.failure = failure;
		close(new ChatEvent.Failed(failure), StreamState.FAILED);
	}

	/** The failure is told even if the last of the text cannot be. */
	private void sendRest() {
		try {
			send(this.text.finish());
		}
		catch (RuntimeException | VirtualMachineError | LinkageError ex) {
			log.error("Stream {} ends without the last of its text", stream(), ex);
		}
	}

	private void close(ChatEvent last, StreamState state) {
		this.ended = true;
		this.keeper.end();
		try {
			this.events.close(last, state);
		}
		catch (RuntimeException | VirtualMachineError | LinkageError ex) {
			log.error("Stream {} cannot be closed with {}", stream(), last.name(), ex);
			closeAnyway();
		}
	}

	/** Closes the log with an event that holds nothing that could fail. */
	private void closeAnyway() {
		if (this.events.status().state() == StreamState.RUNNING) {
			this.failure = ChatFailure.INTERNAL;
			this.events.close(new ChatEvent.Failed(ChatFailure.INTERNAL), StreamState.FAILED);
		}
	}

	/**
	 * The stream that is written.
	 * @return its id
	 */
	StreamId stream() {
		return this.stream;
	}

	private void send(ChatEvent.@Nullable Message message) {
		if (message != null) {
			this.events.append(message);
		}
	}

	private void sendReasoning(String delta) {
		if (!delta.isEmpty()) {
			this.events.append(new ChatEvent.Reasoning(delta, this.answer.thinking()));
		}
	}

	/**
	 * How the turn ended.
	 * @return what is known after the last event; a failure for a turn that has none
	 */
	Outcome outcome() {
		return new Outcome(this.answer.snapshot(), this.ended ? this.failure : ChatFailure.INTERNAL);
	}

	private AnswerFacts facts() {
		return this.answer.facts(this.turn.answer());
	}

}
