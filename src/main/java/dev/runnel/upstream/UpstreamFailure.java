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
		UNAVAILABLE("upstream_unavailable", "The model service is not available right now.", true, true),

		/** Upstream was silent for longer than a timeout. */
		TIMEOUT("upstream_timeout", "The model service did not answer in time.", true, true),

		/** Upstream rejects the key. */
		UNAUTHORIZED("upstream_unauthorized",
				"The model service did not accept this server's key. Its operator has to mend that.", false, true),

		/** The account behind the key has no credits left. */
		CREDITS("upstream_credits",
				"This server's account with the model service is out of credits. Its operator has to mend that.", false,
				true),

		/** Upstream limits the rate of requests. */
		RATE_LIMITED("upstream_rate_limited", "The model is asked too often right now. Try again in a moment.", true,
				true),

		/** The free requests of the day are spent. */
		DAILY_LIMIT("upstream_rate_limited",
				"The free requests of this model are used up for today. Choose another model, or try again tomorrow.",
				false, true),

		/**
		 * Upstream sent no valid answer: it has no text, is no stream, or cannot be read.
		 */
		INVALID_RESPONSE("upstream_invalid_response", "The model service sent something that is no answer.", true,
				true),

		/** Upstream reported an error of its own. */
		ERROR("upstream_error", "The model service reported an error.", true, true),

		/** The model does not exist, or is no longer offered. */
		MODEL_UNAVAILABLE("model_unavailable", "This model is not offered. Choose another one.", false, false),

		/** The conversation does not fit into the model's context. */
		CONTEXT_TOO_LONG("context_too_long",
				"The conversation is too long for this model. Start a new one, or choose a model with a longer context.",
				false, false),

		/** Upstream refused the content of the question. */
		MODERATION("upstream_moderation", "The model service refused this message because of its content.", false,
				false),

		/** Upstream understood the request and refused it for another reason. */
		REFUSED("invalid_request", "The model service refused this request.", false, false),

		/** The answer broke off after its beginning. */
		INTERRUPTED("interrupted", "The answer broke off before its end.", true, false);

		private final String code;

		private final String message;

		private final boolean retryable;

		private final boolean unavailable;

		Kind(String code, String message, boolean retryable, boolean unavailable) {
			this.code = code;
			this.message = message;
			this.retryable = retryable;
			this.unavailable = unavailable;
		}

		/**
		 * The stable code for programs.
		 * @return a code of the wire contract
		 */
		public String code() {
			return this.code;
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
