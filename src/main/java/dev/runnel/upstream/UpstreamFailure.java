package dev.runnel.upstream;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Why a model gave no answer, or no whole one. It says what a visitor may know: no key,
 * no account, no address, nothing that upstream wrote.
 *
 * @param kind what went wrong
 * @param retryAfter when upstream said that trying again may help; null where it did not
 */
public record UpstreamFailure(Kind kind, @Nullable Duration retryAfter) {

	public UpstreamFailure(Kind kind) {
		this(kind, null);
	}

	/**
	 * The closed family of what can go wrong upstream.
	 */
	public enum Kind {

		/** No connection, or upstream says that it cannot serve now. */
		UNAVAILABLE("upstream_unavailable", "The model service is not available right now.", true, true),

		/** Upstream was silent for longer than its time-outs allow. */
		TIMEOUT("upstream_timeout", "The model service did not answer in time.", true, true),

		/** Upstream does not accept the key. */
		UNAUTHORIZED("upstream_unauthorized",
				"The model service did not accept this server's key. Its operator has to mend that.", false, true),

		/** The account behind the key has no credits left. */
		CREDITS("upstream_credits",
				"This server's account with the model service is out of credits. Its operator has to mend that.", false,
				true),

		/** Upstream limits how often it may be asked. */
		RATE_LIMITED("upstream_rate_limited", "The model is asked too often right now. Try again in a moment.", true,
				true),

		/** The free requests of the day are used up. */
		DAILY_LIMIT("upstream_rate_limited",
				"The free requests of this model are used up for today. Choose another model, or try again tomorrow.",
				false, true),

		/** What upstream sent is no answer: no text, no stream, or not readable. */
		INVALID_RESPONSE("upstream_invalid_response", "The model service sent something that is no answer.", true,
				true),

		/** Upstream reported an error of its own. */
		ERROR("upstream_error", "The model service reported an error.", true, true),

		/** The model does not exist, or is not offered any more. */
		MODEL_UNAVAILABLE("model_unavailable", "This model is not offered. Choose another one.", false, false),

		/** The conversation does not fit into the model's context. */
		CONTEXT_TOO_LONG("context_too_long",
				"The conversation is too long for this model. Start a new one, or choose a model with a longer context.",
				false, false),

		/** Upstream refused to answer because of what was asked. */
		MODERATION("upstream_moderation", "The model service refused this message because of its content.", false,
				false),

		/** Upstream understood the request and refused it. */
		REFUSED("invalid_request", "The model service refused this request.", false, false),

		/** The answer broke off after it had begun. */
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
		 * A sentence for a person.
		 * @return the sentence
		 */
		public String message() {
			return this.message;
		}

		/**
		 * Whether asking the same again may help.
		 * @return true if it may
		 */
		public boolean retryable() {
			return this.retryable;
		}

		/**
		 * Whether the model was not to be had, as opposed to having refused: only then
		 * may the mock answer instead.
		 * @return true if it was not to be had
		 */
		public boolean unavailable() {
			return this.unavailable;
		}

	}

}
