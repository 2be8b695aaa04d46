package dev.runnel.chat;

import dev.runnel.limits.Allowance;
import dev.runnel.upstream.ModelEvent;
import dev.runnel.upstream.Prompt;
import dev.runnel.upstream.Usage;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * Counts the tokens of one call of the model: what the model says, or an estimate where
 * it says nothing, as when it was stopped. Events come one after the other.
 */
final class TokenCount {

	/**
	 * How long a token is, in UTF-16 units. A rule of thumb for English.
	 */
	private static final int CHARS_PER_TOKEN = 4;

	/** An answer of which nobody says how long it may be. */
	private static final int USUAL_ANSWER = 4096;

	/** Few models write more, and more is settled when it is written. */
	private static final int LONGEST_ANSWER = 32_768;

	private final long prompt;

	private long chars;

	private @Nullable Long told;

	private TokenCount(Prompt prompt) {
		this.prompt = ofChars(prompt.messages().stream().mapToLong((message) -> message.content().length()).sum());
	}

	/**
	 * Asks the model within an allowance.
	 * @param allowance what may be taken
	 * @param prompt what is asked
	 * @param answer what the model says
	 * @return the same
	 */
	static Flux<ModelEvent> within(Allowance allowance, Prompt prompt, Flux<ModelEvent> answer) {
		if (!allowance.counts()) {
			return answer;
		}
		return Flux.defer(() -> {
			TokenCount count = new TokenCount(prompt);
			allowance.tokens(estimate(prompt));
			return answer.doOnNext(count::see).doFinally((signal) -> allowance.tokens(count.tokens()));
		});
	}

	/**
	 * An estimate of what a call may take.
	 * @param prompt what is asked
	 * @return tokens
	 */
	static long estimate(Prompt prompt) {
		return new TokenCount(prompt).prompt + ofAnswer(prompt.sampling().maxTokens());
	}

	/**
	 * An estimate before the prompt is known.
	 * @param message what is asked; null where an answer is to go on
	 * @param maxTokens the most that the answer may have; null where nobody says it
	 * @return tokens
	 */
	static long estimate(@Nullable String message, @Nullable Integer maxTokens) {
		return ofChars((message != null) ? message.length() : 0) + ofAnswer(maxTokens);
	}

	private static long ofChars(long chars) {
		return chars / CHARS_PER_TOKEN + 1;
	}

	private static long ofAnswer(@Nullable Integer maxTokens) {
		return (maxTokens != null) ? Math.min(maxTokens, LONGEST_ANSWER) : USUAL_ANSWER;
	}

	private void see(ModelEvent event) {
		if (event instanceof ModelEvent.Text text) {
			this.chars += text.text().length();
		}
		else if (event instanceof ModelEvent.Reasoning reasoning) {
			this.chars += reasoning.text().length();
		}
		else if (event instanceof ModelEvent.FellBack) {
			// The mock costs nothing, and the model has written nothing.
			this.told = 0L;
		}
		else if (event instanceof ModelEvent.Finished finished && this.told == null) {
			this.told = told(finished.usage());
		}
	}

	private static @Nullable Long told(@Nullable Usage usage) {
		if (usage == null || usage.promptTokens() == null || usage.completionTokens() == null) {
			return null;
		}
		return usage.promptTokens() + usage.completionTokens();
	}

	private long tokens() {
		return (this.told != null) ? this.told : this.prompt + ofChars(this.chars);
	}

}
