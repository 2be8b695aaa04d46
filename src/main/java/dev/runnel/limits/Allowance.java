package dev.runnel.limits;

import reactor.core.publisher.Mono;

/**
 * The tokens reserved for one question.
 */
public interface Allowance extends AutoCloseable {

	/**
	 * Returns whether tokens are counted.
	 * @return false if the number of tokens is unlimited
	 */
	boolean counts();

	/**
	 * Sets the number of tokens used so far. It replaces the previous number.
	 * @param tokens an estimate, or the number reported by the model
	 */
	void tokens(long tokens);

	/**
	 * Admits one more call of the model for the same question.
	 * @param estimate how many tokens the call may need
	 * @return the allowance of the call; close it at the end of the call. An error of
	 * {@link dev.runnel.web.ProblemException} ({@code rate_limited}) if too few tokens
	 * are left
	 */
	Mono<Allowance> reserve(long estimate);

	/**
	 * Ends the call. If its tokens were never set, it counts as zero tokens. Closing
	 * again does nothing.
	 */
	@Override
	void close();

	/** An allowance without a limit. */
	record Unlimited() implements Allowance {

		@Override
		public boolean counts() {
			return false;
		}

		@Override
		public void tokens(long tokens) {
		}

		@Override
		public Mono<Allowance> reserve(long estimate) {
			return Mono.just(this);
		}

		@Override
		public void close() {
		}

	}

}
