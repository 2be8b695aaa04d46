package dev.runnel.upstream;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Why a model gave no answer, or only a part of one. It holds only what a visitor may
 * see: no key, no account, no address, no text of upstream.
 *
 * @param kind the kind of failure
 * @param retryAfter when a second attempt may help, as upstream says; null if it does not
 * say
 */
public record UpstreamFailure(Kind kind, @Nullable Duration retryAfter) {

	public UpstreamFailure(Kind kind) {
		this(kind, null);
	}

	/**
	 * All kinds of upstream failures.
	 */
	public enum Kind {

		/**
		 * There is no connection, or upstream reports that it cannot serve requests now.
		 */
		UNAVAILABLE("The model service is not available right now.", true, true),

		/** Upstream was silent for longer than a timeout. */
		TIMEOUT("The model service did not answer in time.", true, true),

		/** Upstream rejects the key. */
		UNAUTHORIZED("The model service did not accept this server's key. Its operator must fix this.", false, true),

		/** The account behind the key has no credits left. */
		CREDITS("This server's account with the model service is out of credits. Its operator must fix this.", false,
				true),

		/** Upstream limits the rate of requests. */
		RATE_LIMITED("This model gets too many requests right now. Try again in a moment.", true, true),

		/** The free requests of the day are spent. */
		DAILY_LIMIT(
				"The free requests of this model are used up for today. Choose another model, or try again tomorrow.",
				false, true),

		/**
		 * Upstream sent no valid answer: it has no text, is no stream, or cannot be read.
		 */
		INVALID_RESPONSE("The model service sent an invalid answer.", true, true),

		/** Upstream reported an error of its own. */
		ERROR("The model service reported an error.", true, true),

		/** The model does not exist, or is no longer offered. */
		MODEL_UNAVAILABLE("This model is not offered. Choose another one.", false, false),

		/** The conversation does not fit into the model's context. */
		CONTEXT_TOO_LONG(
				"The conversation is too long for this model. Start a new one, or choose a model with a longer context.",
				false, false),

		/** Upstream refused the content of the question. */
		MODERATION("The model service refused this message because of its content.", false, false),

		/** Upstream understood the request and refused it for another reason. */
		REFUSED("The model service refused this request.", false, false),

		/** The answer broke off after its beginning. */
		INTERRUPTED("The answer broke off before its end.", true, false);

		private final String message;

		private final boolean retryable;

		private final boolean unavailable;

		Kind(String message, boolean retryable, boolean unavailable) {
			this.message = message;
			this.retryable = retryable;
			this.unavailable = unavailable;
		}

		/**
		 * A sentence for people.
		 * @return the sentence
		 */
		public String message() {
			return this.message;
		}

		/**
		 * Whether a second attempt with the same question may help.
		 * @return true if it may
		 */
		public boolean retryable() {
			return this.retryable;
		}

		/**
		 * Whether the model was unavailable, as opposed to a refusal. Only then may the
		 * mock answer instead.
		 * @return true if the model was unavailable
		 */
		public boolean unavailable() {
			return this.unavailable;
		}

	}

}
