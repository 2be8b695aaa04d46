package dev.runnel.conversation;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import dev.runnel.upstream.Citation;
import dev.runnel.upstream.FinishReason;
import dev.runnel.upstream.Origin;
import dev.runnel.upstream.Source;
import dev.runnel.upstream.UpstreamFailure;
import dev.runnel.upstream.Usage;
import dev.runnel.web.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * The data of an answer. A null component is unknown, or not known yet.
 *
 * @param state the state
 * @param content the text in Markdown
 * @param reasoning the model's reasoning, Markdown; empty if there is none
 * @param source where the text comes from
 * @param model the model that answers
 * @param provider the service that runs the model
 * @param finishReason why the model stopped
 * @param usage the tokens and the cost
 * @param firstToken the time from the question to the first output
 * @param thinking the sum of all reasoning phases, each from the first reasoning to the
 * text that follows it; null if the model did not reason
 * @param total the time from the question to the end
 * @param citations the pages that the text cites: {@code [1]} means the first one
 * @param fallback why the mock took over; null if it did not
 */
public record Answer(AnswerState state, String content, String reasoning, Source source, @Nullable String model,
		@Nullable String provider, @Nullable FinishReason finishReason, @Nullable Usage usage,
		@Nullable Duration firstToken, @Nullable Duration thinking, @Nullable Duration total, List<Citation> citations,
		UpstreamFailure.@Nullable Kind fallback) {

	private static final Set<AnswerState> RESUMABLE = Set.of(AnswerState.STOPPED, AnswerState.INTERRUPTED);

	public Answer {
		citations = List.copyOf(citations);
	}

	/** Creates an answer where the mock did not take over. */
	public Answer(AnswerState state, String content, String reasoning, Source source, @Nullable String model,
			@Nullable String provider, @Nullable FinishReason finishReason, @Nullable Usage usage,
			@Nullable Duration firstToken, @Nullable Duration thinking, @Nullable Duration total,
			List<Citation> citations) {
		this(state, content, reasoning, source, model, provider, finishReason, usage, firstToken, thinking, total,
				citations, null);
	}

	/** Creates an answer without citations. */
	public Answer(AnswerState state, String content, String reasoning, Source source, @Nullable String model,
			@Nullable String provider, @Nullable FinishReason finishReason, @Nullable Usage usage,
			@Nullable Duration firstToken, @Nullable Duration thinking, @Nullable Duration total) {
		this(state, content, reasoning, source, model, provider, finishReason, usage, firstToken, thinking, total,
				List.of());
	}

	/** Creates an answer without a reasoning time. */
	public Answer(AnswerState state, String content, String reasoning, Source source, @Nullable String model,
			@Nullable String provider, @Nullable FinishReason finishReason, @Nullable Usage usage,
			@Nullable Duration firstToken, @Nullable Duration total) {
		this(state, content, reasoning, source, model, provider, finishReason, usage, firstToken, null, total);
	}

	/**
	 * Creates an empty answer in the state {@link AnswerState#STREAMING}.
	 * @param origin the origin of the answer
	 * @return the answer
	 */
	public static Answer begun(Origin origin) {
		return new Answer(AnswerState.STREAMING, "", "", origin.source(), origin.model(), origin.provider(), null, null,
				null, null, null, List.of(), origin.fallback());
	}

	/**
	 * Returns this answer in the state {@link AnswerState#STREAMING}, to be continued.
	 * @param origin the origin that continues the answer
	 * @return the answer with its text unchanged
	 */
	public Answer resumed(Origin origin) {
		return new Answer(AnswerState.STREAMING, this.content, this.reasoning, origin.source(), origin.model(),
				origin.provider(), this.finishReason, this.usage, this.firstToken, this.thinking, this.total,
				this.citations, origin.fallback());
	}

	/**
	 * Returns this answer with another cause of the mock's answer.
	 * @param other the cause; null if the mock did not take over
	 * @return the answer
	 */
	public Answer withFallback(UpstreamFailure.@Nullable Kind other) {
		return new Answer(this.state, this.content, this.reasoning, this.source, this.model, this.provider,
				this.finishReason, this.usage, this.firstToken, this.thinking, this.total, this.citations, other);
	}

	/**
	 * Whether the answer has any output.
	 * @return true if there is text or reasoning
	 */
	public boolean hasOutput() {
		return !this.content.isEmpty() || !this.reasoning.isEmpty();
	}

	/**
	 * Returns this answer in another state.
	 * @param other the new state
	 * @return the answer
	 */
	public Answer withState(AnswerState other) {
		return new Answer(other, this.content, this.reasoning, this.source, this.model, this.provider,
				this.finishReason, this.usage, this.firstToken, this.thinking, this.total, this.citations,
				this.fallback);
	}

	/**
	 * Returns this answer with other citations.
	 * @param other the citations
	 * @return the answer
	 */
	public Answer withCitations(List<Citation> other) {
		return new Answer(this.state, this.content, this.reasoning, this.source, this.model, this.provider,
				this.finishReason, this.usage, this.firstToken, this.thinking, this.total, other, this.fallback);
	}

	/**
	 * Returns this answer with more text and reasoning appended.
	 * @param parts the deltas in order
	 * @return the longer answer
	 */
	public Answer followedBy(Iterable<AnswerDelta> parts) {
		StringBuilder text = new StringBuilder(this.content);
		StringBuilder thought = new StringBuilder(this.reasoning);
		for (AnswerDelta part : parts) {
			text.append(part.content());
			thought.append(part.reasoning());
		}
		return new Answer(this.state, text.toString(), thought.toString(), this.source, this.model, this.provider,
				this.finishReason, this.usage, this.firstToken, this.thinking, this.total, this.citations,
				this.fallback);
	}

	/**
	 * Returns the time from the question to the first output.
	 * @return milliseconds; null if unknown
	 */
	public @Nullable Long firstTokenMillis() {
		return millis(this.firstToken);
	}

	/**
	 * Returns how long the model reasoned.
	 * @return milliseconds; null if it did not reason
	 */
	public @Nullable Long thinkingMillis() {
		return millis(this.thinking);
	}

	/**
	 * Returns the time from the question to the end.
	 * @return milliseconds; null if unknown
	 */
	public @Nullable Long totalMillis() {
		return millis(this.total);
	}

	private static @Nullable Long millis(@Nullable Duration time) {
		return (time != null) ? time.toMillis() : null;
	}

	/**
	 * Returns why the mock took over.
	 * @return the code of the API; null if it did not
	 */
	public @Nullable String fallbackCode() {
		return (this.fallback != null) ? UpstreamCodes.of(this.fallback).code() : null;
	}

	/**
	 * Returns the addresses of the cited pages.
	 * @return the addresses, in the order of their numbers
	 */
	public List<String> citedPages() {
		return this.citations.stream().map(Citation::url).toList();
	}

	/**
	 * Checks that the answer can be continued: it was stopped, it was interrupted, it
	 * reached the length limit, or its budget was spent.
	 * @throws ProblemException if the answer is still being written, is complete, or
	 * failed
	 */
	public void checkResumable() {
		if (!RESUMABLE.contains(this.state) && !isCut()) {
			throw ProblemException.field("continueId",
					"must name an answer that was stopped, broke off or reached a limit");
		}
	}

	private boolean isCut() {
		return this.state == AnswerState.COMPLETE
				&& (this.finishReason == FinishReason.LENGTH || this.finishReason == FinishReason.BUDGET);
	}

}
