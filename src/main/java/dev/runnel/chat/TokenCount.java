package dev.runnel.chat;

import dev.runnel.limits.Allowance;
import dev.runnel.upstream.Attachment;
import dev.runnel.upstream.ModelEvent;
import dev.runnel.upstream.Prompt;
import dev.runnel.upstream.Usage;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * Counts the tokens of one model call. It uses the numbers that the model reports, if
 * they are plausible, or an estimate if the model reports none, for example after a stop.
 * Events arrive one at a time.
 */
final class TokenCount {

	/**
	 * The average length of a token, in UTF-16 units. A rule of thumb for English.
	 */
	static final int CHARS_PER_TOKEN = Attachment.CHARS_PER_TOKEN;

	/** The estimated tokens of an answer without a limit. */
	static final int USUAL_ANSWER = 4096;

	/**
	 * The largest estimate, in tokens. Few models write more, and the real number is
	 * counted at the end.
	 */
	private static final int MAX_ANSWER = 32_768;

	/**
	 * A report counts for at most this many times the estimate, so that a wrong report
	 * does not empty the budget. It counts for at least this part of the tokens of the
	 * text, so that no text is free. The factor is above 1 because a character of some
	 * scripts is several tokens.
	 */
	private static final int PLAUSIBLE = 8;

	private final long prompt;

	/** The largest number of tokens that a report counts for. */
	private final long most;

	private long chars;

	private @Nullable Long reported;

	/** The tokens of failed attempts that the service bills. */
	private long charged;

	/** Whether the last attempt has failed, and nothing has come of another one. */
	private boolean failed;

	private TokenCount(Prompt prompt) {
		this.prompt = ofChars(prompt.messages().stream().mapToLong(Prompt.Message::length).sum());
		this.most = PLAUSIBLE * (this.prompt + Math.max(USUAL_ANSWER, ofAnswer(prompt.sampling().maxTokens())));
	}

	/**
	 * Counts the tokens of a model call in an allowance.
	 * @param allowance the allowance of the question
	 * @param prompt the prompt of the call
	 * @param answer the events of the model
	 * @return the same events
	 */
	static Flux<ModelEvent> within(Allowance allowance, Prompt prompt, Flux<ModelEvent> answer) {
		if (!allowance.counts()) {
			return answer;
		}
		return Flux.defer(() -> {
			TokenCount count = new TokenCount(prompt);
			allowance.tokens(estimate(prompt));
			return answer.doOnNext((event) -> count.see(event, allowance))
				// Another attempt that is stopped has read the prompt.
				.doOnCancel(() -> count.failed = false)
				.doFinally((signal) -> allowance.tokens(count.tokens()));
		});
	}

	/**
	 * Estimates the tokens of a model call.
	 * @param prompt the prompt of the call
	 * @return tokens of prompt and answer together
	 */
	static long estimate(Prompt prompt) {
		return new TokenCount(prompt).prompt + ofAnswer(prompt.sampling().maxTokens());
	}

	/**
	 * Estimates the tokens of a question before its prompt is known.
	 * @param message the question; null to continue an answer
	 * @param maxTokens the limit of the answer; null for none
	 * @return tokens of question and answer together
	 */
	static long estimate(@Nullable String message, @Nullable Integer maxTokens) {
		return ofChars((message != null) ? message.length() : 0) + ofAnswer(maxTokens);
	}

	private static long ofChars(long chars) {
		return chars / CHARS_PER_TOKEN + 1;
	}

	private static long ofAnswer(@Nullable Integer maxTokens) {
		return (maxTokens != null) ? Math.min(maxTokens, MAX_ANSWER) : USUAL_ANSWER;
	}

	/**
	 * Counts an event. The number is corrected before readers learn of the end, because
	 * one of them may send the next question at once.
	 */
	private void see(ModelEvent event, Allowance allowance) {
		count(event);
		if (event instanceof ModelEvent.Finished) {
			allowance.tokens(tokens());
		}
	}

	private void count(ModelEvent event) {
		this.failed = event instanceof ModelEvent.Charged;
		if (event instanceof ModelEvent.Text text) {
			this.chars += text.text().length();
		}
		else if (event instanceof ModelEvent.Reasoning reasoning) {
			this.chars += reasoning.text().length();
		}
		else if (event instanceof ModelEvent.Charged attempt) {
			Long told = reported(attempt.usage());
			this.charged += (told != null) ? told : written();
			this.chars = 0;
		}
		else if (event instanceof ModelEvent.FellBack) {
			// The mock costs nothing, and the model wrote nothing.
			this.reported = 0L;
		}
		else if (event instanceof ModelEvent.Finished finished && this.reported == null) {
			this.reported = reported(finished.usage());
		}
	}

	private @Nullable Long reported(@Nullable Usage usage) {
		if (usage == null || usage.promptTokens() == null || usage.completionTokens() == null) {
			return null;
		}
		long reported = Math.max(usage.promptTokens() + usage.completionTokens(), written() / PLAUSIBLE);
		return Math.min(reported, this.most);
	}

	private long tokens() {
		return this.charged + tokensOfAttempt();
	}

	private long tokensOfAttempt() {
		if (this.reported != null) {
			return this.reported;
		}
		return this.failed ? 0 : written();
	}

	private long written() {
		return this.prompt + ofChars(this.chars);
	}

}
