package dev.runnel.limits;

/**
 * The tokens that one question may take.
 */
public interface Allowance extends AutoCloseable {

	/**
	 * Whether anything is counted.
	 * @return false if any number may be taken
	 */
	boolean counts();

	/**
	 * Says how many tokens it is by now, in place of what was said before.
	 * @param tokens an estimate, or what the model says
	 */
	void tokens(long tokens);

	/**
	 * Lets one more call of the model in, on behalf of the same question.
	 * @param estimate how many tokens it may take
	 * @return its allowance, to be closed at its end
	 * @throws dev.runnel.web.ProblemException {@code rate_limited}, if there are not so
	 * many now
	 */
	Allowance another(long estimate);

	/**
	 * The call has ended. If nothing was said of its tokens it took none. Closing again
	 * does nothing.
	 */
	@Override
	void close();

	/** One that nothing is counted for. */
	record Unlimited() implements Allowance {

		@Override
		public boolean counts() {
			return false;
		}

		@Override
		public void tokens(long tokens) {
		}

		@Override
		public Allowance another(long estimate) {
			return this;
		}

		@Override
		public void close() {
		}

	}

}
