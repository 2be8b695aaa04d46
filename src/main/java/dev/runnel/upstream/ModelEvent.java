package dev.runnel.upstream;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * One event of a language model's answer.
 */
public sealed interface ModelEvent {

	/** The one instance of a pause. */
	ModelEvent PAUSE = new Pause();

	/**
	 * Whether this event holds the model's own words. After the first such event no other
	 * model may take over the answer.
	 * @return true for reasoning, text and pictures
	 */
	default boolean isOutput() {
		return false;
	}

	/**
	 * The real model was not available before its first output. The mock answers from
	 * here on.
	 *
	 * @param cause why the model was not available
	 */
	record FellBack(UpstreamFailure cause) implements ModelEvent {
	}

	/**
	 * Upstream names the model that answers. The event comes at most once from each
	 * service that is asked. It comes before the first output if upstream has named the
	 * model by then. A later event replaces an earlier one.
	 *
	 * @param model the model, which may differ from the one asked
	 * @param provider the company that runs the model; null if unknown
	 */
	record Named(String model, @Nullable String provider) implements ModelEvent {
	}

	/**
	 * Upstream names the pages that the answer cites. An event replaces the earlier ones.
	 *
	 * @param citations the pages known so far, in the order of their numbers
	 */
	record Cited(List<Citation> citations) implements ModelEvent {

		public Cited {
			citations = List.copyOf(citations);
		}

	}

	/**
	 * A delta of the model's reasoning, Markdown.
	 *
	 * @param text the delta, never empty, and at most one {@linkplain TextPieces piece}
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
	 * @param text the delta, never empty, and at most one {@linkplain TextPieces piece}
	 */
	record Text(String text) implements ModelEvent {

		@Override
		public boolean isOutput() {
			return true;
		}

	}

	/**
	 * A picture of the answer.
	 *
	 * @param content the picture, which the reader of the event closes
	 */
	record Picture(SentPicture content) implements ModelEvent {

		@Override
		public boolean isOutput() {
			return true;
		}

	}

	/**
	 * Corrects the kind of earlier text.
	 */
	enum Moved implements ModelEvent {

		/** All text of this answer so far was reasoning. */
		TO_REASONING,

		/** All reasoning of this answer so far was text. */
		TO_TEXT

	}

	/**
	 * The answer is complete.
	 *
	 * @param reason why the model stopped
	 * @param model the model that answered, which may differ from the one asked; null if
	 * upstream did not name it
	 * @param provider the company that ran the model; null if unknown
	 * @param usage the tokens and the cost; null if upstream did not report them
	 */
	record Finished(FinishReason reason, @Nullable String model, @Nullable String provider,
			@Nullable Usage usage) implements ModelEvent {
	}

	/**
	 * An attempt failed that the service bills all the same, such as one whose tokens all
	 * went into thoughts that it does not show. Its failure, or another attempt, follows.
	 *
	 * @param usage the tokens and the cost
	 */
	record Charged(Usage usage) implements ModelEvent {

	}

	/**
	 * Nothing more came for a while. A model never sends this event; the reader of the
	 * model's events adds it.
	 */
	record Pause() implements ModelEvent {
	}

}
