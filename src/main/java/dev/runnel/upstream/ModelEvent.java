package dev.runnel.upstream;

import org.jspecify.annotations.Nullable;

/**
 * What a language model says, piece by piece.
 */
public sealed interface ModelEvent {

	/**
	 * Whether this event shows the model's own words. After the first one an answer may
	 * no longer be given by another model.
	 * @return true for reasoning and text
	 */
	default boolean isOutput() {
		return false;
	}

	/**
	 * The real model was not available before its first token; the mock answers instead
	 * from here on.
	 *
	 * @param cause why the model was not available
	 */
	record FellBack(UpstreamFailure cause) implements ModelEvent {
	}

	/**
	 * Upstream names the model that answers. The event comes at most once, and before the
	 * first output if upstream names the model by then.
	 *
	 * @param model the model, which may differ from the one asked
	 * @param provider who runs the model; null where not known
	 */
	record Named(String model, @Nullable String provider) implements ModelEvent {
	}

	/**
	 * A delta of the model's reasoning, plain text.
	 *
	 * @param text the delta, never empty
	 */
	record Reasoning(String text) implements ModelEvent {

		@Override
		public boolean isOutput() {
			return true;
		}

	}

	/**
	 * A delta of the answer, Markdown.
	 *
	 * @param text the delta, never empty
	 */
	record Text(String text) implements ModelEvent {

		@Override
		public boolean isOutput() {
			return true;
		}

	}

	/**
	 * The answer is whole.
	 *
	 * @param reason why the model stopped
	 * @param model the model that answered, which may differ from the one asked; null
	 * where it did not say
	 * @param provider who ran the model; null where unknown
	 * @param usage what it cost; null where it was not told
	 */
	record Finished(FinishReason reason, @Nullable String model, @Nullable String provider,
			@Nullable Usage usage) implements ModelEvent {
	}

}
