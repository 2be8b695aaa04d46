package dev.runnel.chat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.runnel.conversation.Answer;
import dev.runnel.conversation.AnswerDelta;
import dev.runnel.conversation.AnswerState;
import dev.runnel.upstream.Citation;
import dev.runnel.upstream.FinishReason;
import dev.runnel.upstream.ModelEvent;
import dev.runnel.upstream.Origin;
import dev.runnel.upstream.Usage;
import org.jspecify.annotations.Nullable;

/**
 * The state of an answer while it is written. Its text stays within the limit. One thread
 * at a time changes it; any thread may call {@link #snapshot}.
 */
final class AnswerDraft {

	private final long begun = System.nanoTime();

	private final StringBuilder text = new StringBuilder();

	private final StringBuilder reasoning = new StringBuilder();

	/** The time that earlier turns spent on this answer; zero for a new answer. */
	private final Duration earlierTime;

	/** The length of the text that earlier turns wrote, in UTF-16 units. */
	private final int earlierText;

	/** The length of the reasoning of earlier turns, in UTF-16 units. */
	private final int earlierReasoning;

	/** Whether the next part replaces the stored parts of this turn. */
	private boolean moved;

	/** How much more text fits, in UTF-16 units. */
	private int remaining;

	/** The length of the text that was already taken for storing, in UTF-16 units. */
	private int textTaken;

	/**
	 * The length of the reasoning that was already taken for storing, in UTF-16 units.
	 */
	private int reasoningTaken;

	private AnswerState state = AnswerState.STREAMING;

	private Origin origin;

	/** The origin that was last taken for storing. */
	private Origin originTaken;

	private @Nullable FinishReason finishReason;

	private @Nullable Usage usage;

	/** The pages that earlier turns of this answer cite. */
	private final List<Citation> earlierCitations;

	private List<Citation> citations;

	private @Nullable Duration firstToken;

	private @Nullable Duration total;

	private final ThinkingTime thinking;

	/** The whole answer after its end, built once, so that memory holds it only once. */
	private @Nullable Answer whole;

	/**
	 * Begins a new answer, or continues one.
	 * @param origin the stored writer of the answer
	 * @param maxChars the most UTF-16 units of text and reasoning together
	 * @param written the part that is already written; null for a new answer
	 */
	AnswerDraft(Origin origin, int maxChars, @Nullable Answer written) {
		this.origin = origin;
		this.originTaken = origin;
		this.remaining = maxChars;
		this.earlierCitations = (written != null) ? written.citations() : List.of();
		this.citations = this.earlierCitations;
		this.thinking = new ThinkingTime((written != null) ? written.thinking() : null, System::nanoTime);
		this.earlierTime = Optional.ofNullable(written).map(Answer::total).orElse(Duration.ZERO);
		if (written != null) {
			goOn(written);
		}
		this.earlierText = this.text.length();
		this.earlierReasoning = this.reasoning.length();
	}

	private void goOn(Answer written) {
		this.text.append(written.content());
		this.reasoning.append(written.reasoning());
		this.textTaken = this.text.length();
		this.reasoningTaken = this.reasoning.length();
		this.remaining = Math.max(0, this.remaining - length());
		this.firstToken = written.firstToken();
		this.usage = written.usage();
	}

	/**
	 * Adds a delta of the text.
	 * @param delta the text as the model sent it
	 * @return the part of the delta to show; shorter than the delta at the limit
	 */
	synchronized String addText(String delta) {
		if (!delta.isEmpty()) {
			this.thinking.pause();
		}
		return add(this.text, delta);
	}

	/**
	 * Adds a delta of the reasoning.
	 * @param delta the text as the model sent it
	 * @return the part of the delta to show; shorter than the delta at the limit
	 */
	synchronized String addReasoning(String delta) {
		this.thinking.goOn();
		return add(this.reasoning, delta);
	}

	/** Notes that the model has drawn a picture, which may be its first output. */
	synchronized void drawn() {
		this.thinking.pause();
		noteOutput();
	}

	private void noteOutput() {
		if (this.firstToken == null) {
			this.firstToken = sinceBegun();
		}
	}

	private String add(StringBuilder whole, String delta) {
		noteOutput();
		String shown = (delta.length() <= this.remaining) ? delta : cut(delta);
		this.remaining -= shown.length();
		whole.append(shown);
		return shown;
	}

	/**
	 * Cuts at the limit, but never inside a surrogate pair, and sets the finish reason.
	 */
	private String cut(String delta) {
		int end = this.remaining;
		if (end > 0 && Character.isHighSurrogate(delta.charAt(end - 1))) {
			end--;
		}
		this.remaining = end;
		this.finishReason = FinishReason.LENGTH;
		return delta.substring(0, end);
	}

	/**
	 * Moves the text of this turn to the reasoning, which it was.
	 * @return the moved text
	 */
	synchronized String moveToReasoning() {
		String words = this.text.substring(this.earlierText);
		this.reasoning.append(words);
		this.text.setLength(this.earlierText);
		if (this.firstToken != null) {
			this.thinking.add(sinceBegun().minus(this.firstToken));
		}
		storeAgain();
		return words;
	}

	/**
	 * Moves the reasoning of this turn to the text, which it was.
	 * @return the moved text
	 */
	synchronized String moveToText() {
		String words = this.reasoning.substring(this.earlierReasoning);
		this.reasoning.setLength(this.earlierReasoning);
		this.text.append(words);
		this.thinking.forget();
		storeAgain();
		return words;
	}

	private void storeAgain() {
		this.textTaken = this.earlierText;
		this.reasoningTaken = this.earlierReasoning;
		this.moved = true;
	}

	/** The reasoning so far. */
	synchronized String reasoning() {
		return this.reasoning.toString();
	}

	/** Whether text was cut because of the limit. */
	synchronized boolean isFull() {
		return this.remaining == 0 && this.finishReason == FinishReason.LENGTH;
	}

	synchronized boolean isEmpty() {
		return this.text.isEmpty() && this.reasoning.isEmpty();
	}

	/** Notes that the mock writes the rest of the answer, and why. */
	synchronized void fellBack(ModelEvent.FellBack fellBack) {
		this.origin = Origin.mock(fellBack.cause().kind());
		this.citations = this.earlierCitations;
	}

	/** Notes the name of the answering model, as upstream reports it. */
	synchronized void named(ModelEvent.Named named) {
		this.origin = this.origin.named(named.model(), named.provider());
	}

	/** Notes the pages that the answer cites, behind those of earlier turns. */
	synchronized void cited(ModelEvent.Cited cited) {
		this.citations = Stream.concat(this.earlierCitations.stream(), cited.citations().stream())
			.distinct()
			.limit(Citation.MAX)
			.toList();
	}

	synchronized void finished(ModelEvent.Finished finished) {
		this.finishReason = finished.reason();
		this.usage = sum(this.usage, finished.usage());
		if (finished.model() != null) {
			this.origin = this.origin.named(finished.model(), finished.provider());
		}
	}

	private static @Nullable Usage sum(@Nullable Usage before, @Nullable Usage now) {
		if (before == null) {
			return now;
		}
		return (now != null) ? before.plus(now) : before;
	}

	synchronized void end(AnswerState end) {
		this.state = end;
		this.thinking.pause();
		this.total = sinceBegun();
		if (end == AnswerState.STOPPED) {
			this.finishReason = null;
		}
	}

	synchronized Answer snapshot() {
		if (this.state == AnswerState.STREAMING) {
			return copy();
		}
		if (this.whole == null) {
			this.whole = copy();
		}
		return this.whole;
	}

	private Answer copy() {
		return new Answer(this.state, this.text.toString(), this.reasoning.toString(), this.origin.source(),
				this.origin.model(), this.origin.provider(), this.finishReason, this.usage, this.firstToken,
				this.thinking.soFar(), this.total, this.citations, this.origin.fallback());
	}

	/**
	 * Takes the text that is new since the last call, or since the answer began. If text
	 * was moved, takes the whole text of this turn again.
	 * @return the new text, and the origin if it has changed
	 */
	synchronized AnswerDelta takePart() {
		AnswerDelta part = new AnswerDelta(this.text.substring(this.textTaken),
				this.reasoning.substring(this.reasoningTaken),
				this.origin.equals(this.originTaken) ? null : this.origin, this.moved);
		this.moved = false;
		this.originTaken = this.origin;
		this.textTaken = this.text.length();
		this.reasoningTaken = this.reasoning.length();
		return part;
	}

	/**
	 * The length of the answer, to detect growth.
	 * @return UTF-16 units of text and reasoning together
	 */
	synchronized int length() {
		return this.text.length() + this.reasoning.length();
	}

	/** How long the model has reasoned; null if it did not reason. */
	synchronized @Nullable Duration thinking() {
		return this.thinking.soFar();
	}

	private Duration sinceBegun() {
		return this.earlierTime.plusNanos(System.nanoTime() - this.begun);
	}

}
