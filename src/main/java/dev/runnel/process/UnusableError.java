package dev.runnel.process;

/**
 * This process can no longer do its work, but a new process could.
 */
public final class UnusableError extends Error {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates the error.
	 * @param why a clause in the present tense that says what is broken
	 */
	public UnusableError(String why) {
		super(why);
	}

}
