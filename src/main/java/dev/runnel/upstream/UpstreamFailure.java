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

	/**
	 * The longest wait that is told in seconds, in seconds. A longer one is told in
	 * minutes.
	 */
	private static final long LONG_WAIT = 120;

	public UpstreamFailure(Kind kind) {
		this(kind, null);
	}

	/**
	 * The cause and what to do, for people.
	 * @return two sentences
	 */
	public String message() {
		return this.kind.cause + " " + ((this.retryAfter != null && this.kind.retryable && !this.retryAfter.isZero())
				? advice(this.retryAfter) : this.kind.advice);
	}

	private static String advice(Duration time) {
		long seconds = time.plusMillis(999).toSeconds();
		long minutes = (seconds + 59) / 60;
		return (seconds > LONG_WAIT) ? "Try again in " + minutes + " minutes."
				: "Try again in " + seconds + ((seconds == 1) ? " second." : " seconds.");
	}

	/**
	 * All kinds of upstream failures.
	 */
	public enum Kind {

		/**
		 * There is no connection, or upstream reports that it cannot serve requests now.
		 */
		UNAVAILABLE("The model service is not available right now.",
				"Try again in a moment; if that does not help, its operator must see whether it runs.", true, true),

		/** Upstream was silent for longer than a timeout. */
		TIMEOUT("The model service did not answer in time.",
				"Try again in a minute: a large model may still be loading.", true, true),

		/** Upstream rejects the key. */
		UNAUTHORIZED("The model service did not accept this server's key.",
				"Its operator must set a valid key for the service.", false, true),

		/** The account behind the key has no credits left. */
		CREDITS("This server's account with the model service is out of credits.",
				"Its operator must add credits; a free model may still answer.", false, true),

		/** Upstream limits the rate of requests. */
		RATE_LIMITED("This model gets too many requests right now.", "Try again in a moment.", true, true),

		/** The free requests of the day are spent. */
		DAILY_LIMIT("The free requests of this model are used up for today.",
				"Choose another model, or try again tomorrow.", false, true),

		/**
		 * Upstream sent no valid answer: it has no text, is no stream, or cannot be read.
		 */
		INVALID_RESPONSE("The model service sent an invalid answer.", "Try again, or choose another model.", true,
				true),

		/** Upstream reported an error of its own. */
		ERROR("The model service reported an error.", "Try again, or choose another model.", true, true),

		/** The model does not exist, or is no longer offered. */
		MODEL_UNAVAILABLE("The model service does not have this model.",
				"Choose another one; on a server of your own, pull or load it first.", false, false),

		/** The conversation does not fit into the model's context. */
		CONTEXT_TOO_LONG("The conversation is too long for this model.",
				"Start a new one, choose a model with a longer context, or raise the context of your own server.",
				false, false),

		/** Upstream refused the content of the question. */
		MODERATION("The model service refused this message because of its content.",
				"Say it in other words, or choose another model.", false, false),

		/** Upstream understood the request and refused it for another reason. */
		REFUSED("The model service refused this request.",
				"Choose another model or other settings; the log of this server has the reason.", false, false),

		/** The answer broke off after its beginning. */
		INTERRUPTED("The answer broke off before its end.", "Continue it, or ask again.", true, false);

		private final String cause;

		private final String advice;

		private final boolean retryable;

		private final boolean unavailable;

		Kind(String cause, String advice, boolean retryable, boolean unavailable) {
			this.cause = cause;
			this.advice = advice;
			this.retryable = retryable;
			this.unavailable = unavailable;
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
