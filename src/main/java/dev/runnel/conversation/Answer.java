package dev.runnel.conversation;

import java.time.Duration;

import dev.runnel.upstream.FinishReason;
import dev.runnel.upstream.Origin;
import dev.runnel.upstream.Source;
import dev.runnel.upstream.Usage;
import dev.runnel.web.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an answer. Each null stands for something not known, or not known yet.
 *
 * @param state how it stands
 * @param content Markdown
 * @param reasoning the model's reasoning, plain text, empty if there is none
 * @param source where the text comes from
 * @param model the model that answers
 * @param provider who runs the model
 * @param finishReason why the model stopped
 * @param usage what it took
 * @param firstToken from the question to the first output
 * @param thinking how long the model reasoned: from the first reasoning to the text
 * behind it, all such times together; null if it did not reason
 * @param total from the question to the end
 */
public record Answer(AnswerState state, String content, String reasoning, Source source, @Nullable String model,
		@Nullable String provider, @Nullable FinishReason finishReason, @Nullable Usage usage,
		@Nullable Duration firstToken, @Nullable Duration thinking, @Nullable Duration total) {

	/** An answer whose time of reasoning is not known. */
	public Answer(AnswerState state, String content, String reasoning, Source source, @Nullable String model,
			@Nullable String provider, @Nullable FinishReason finishReason, @Nullable Usage usage,
			@Nullable Duration firstToken, @Nullable Duration total) {
		this(state, content, reasoning, source, model, provider, finishReason, usage, firstToken, null, total);
	}

	/**
	 * An answer of which nothing is there yet.
	 * @param origin who will write it
	 * @return the answer
	 */
	public static Answer begun(Origin origin) {
		return new Answer(AnswerState.STREAMING, "", "", origin.source(), origin.model(), origin.provider(), null, null,
				null, null);
	}

	/**
	 * The same answer, being written again.
	 * @param origin who goes on with it
	 * @return the answer, in the state {@link AnswerState#STREAMING}
	 */
	public Answer resumed(Origin origin) {
		return new Answer(AnswerState.STREAMING, this.content, this.reasoning, origin.source(), origin.model(),
				origin.provider(), this.finishReason, this.usage, this.firstToken, this.thinking, this.total);
	}

	/**
	 * Whether something is there that somebody wrote.
	 * @return true for text and for reasoning
	 */
	public boolean hasOutput() {
		return !this.content.isEmpty() || !this.reasoning.isEmpty();
	}

	/**
	 * The same answer in another state.
	 * @param other the state
	 * @return the answer
	 */
	public Answer withState(AnswerState other) {
		return new Answer(other, this.content, this.reasoning, this.source, this.model, this.provider,
				this.finishReason, this.usage, this.firstToken, this.thinking, this.total);
	}

	/**
	 * The same answer with what it grew by.
	 * @param parts in their order
	 * @return the answer
	 */
	public Answer followedBy(Iterable<AnswerDelta> parts) {
		StringBuilder text = new StringBuilder(this.content);
		StringBuilder thought = new StringBuilder(this.reasoning);
		for (AnswerDelta part : parts) {
			text.append(part.content());
			thought.append(part.reasoning());
		}
		return new Answer(this.state, text.toString(), thought.toString(), this.source, this.model, this.provider,
				this.finishReason, this.usage, this.firstToken, this.thinking, this.total);
	}

	/**
	 * Checks that the answer has an end that is not the model's own.
	 * @throws ProblemException if it is being written, is whole, or never began
	 */
	public void checkResumable() {
		boolean cut = this.state == AnswerState.COMPLETE && this.finishReason == FinishReason.LENGTH;
		if (!cut && this.state != AnswerState.STOPPED && this.state != AnswerState.INTERRUPTED) {
			throw ProblemException.field("continueId",
					"must name an answer that was stopped, broke off or reached the length limit");
		}
	}

}
