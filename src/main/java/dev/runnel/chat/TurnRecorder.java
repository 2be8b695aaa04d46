package dev.runnel.chat;

import dev.runnel.conversation.AnswerState;
import dev.runnel.stream.EndRequest;
import dev.runnel.stream.StreamLog;
import dev.runnel.stream.StreamState;
import dev.runnel.upstream.ModelEvent;
import org.jspecify.annotations.Nullable;

/**
 * Turns what the model says into the events of a turn, and knows at every moment all that
 * is known of the answer.
 * <p>
 * Called by one thread at a time, but for {@link #endRequested} and {@link #outcome},
 * which any thread may call.
 */
final class TurnRecorder {

	private final StreamLog<ChatEvent> log;

	private final ChatEvent.Started start;

	private final AnswerText text;

	private final AnswerRecord answer;

	private volatile @Nullable EndRequest endRequest;

	private volatile @Nullable ChatFailure failure;

	TurnRecorder(StreamLog<ChatEvent> log, ChatEvent.Started start, AnswerText text, AnswerRecord answer) {
		this.log = log;
		this.start = start;
		this.text = text;
		this.answer = answer;
	}

	/** The turn begins: its readers know it before any model is asked. */
	void begin() {
		this.log.append(this.start);
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
		else if (event instanceof ModelEvent.FellBack fellBack) {
			this.answer.fellBack();
			this.log.append(new ChatEvent.Fallback(fellBack.cause()));
		}
		else if (event instanceof ModelEvent.Finished finished) {
			this.answer.finished(finished);
		}
	}

	/** Sends text that waits for more although no more has come for a while. */
	void flush() {
		send(this.text.flush());
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

	/** The model has said all it will say, or is no longer listened to. */
	void end() {
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
		fail(failure, this.answer.isEmpty() ? AnswerState.FAILED : AnswerState.INTERRUPTED);
	}

	private void complete(boolean stopped) {
		sendRest();
		this.answer.end(stopped ? AnswerState.STOPPED : AnswerState.COMPLETE);
		this.log.close(new ChatEvent.Completed(stopped, facts()),
				stopped ? StreamState.STOPPED : StreamState.COMPLETED);
	}

	private void fail(ChatFailure failure, AnswerState state) {
		sendRest();
		this.answer.end(state);
		this.failure = failure;
		this.log.close(new ChatEvent.Failed(failure), StreamState.FAILED);
	}

	private void sendRest() {
		String heldReasoning = this.answer.restOfReasoning();
		sendReasoning(heldReasoning);
		send(this.text.append(this.answer.restOfText()));
		send(this.text.finish());
	}

	private void send(ChatEvent.@Nullable Message message) {
		if (message != null) {
			this.log.append(message);
		}
	}

	private void sendReasoning(String delta) {
		if (!delta.isEmpty()) {
			this.log.append(new ChatEvent.Reasoning(delta));
		}
	}

	/**
	 * How the turn ended.
	 * @return what is known after the last event
	 */
	Outcome outcome() {
		return new Outcome(this.answer.snapshot(), this.failure);
	}

	private AnswerFacts facts() {
		return this.answer.facts(this.start.turn().answer());
	}

}
