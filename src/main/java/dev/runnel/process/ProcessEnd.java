package dev.runnel.process;

/**
 * Ends the process without an orderly shutdown.
 */
final class ProcessEnd {

	/** The exit code of the virtual machine itself when memory is exhausted. */
	static final int CODE = 3;

	private ProcessEnd() {
	}

	/**
	 * Ends the process now. It writes the reason in one line to standard error, because a
	 * logger may need memory that is not available. A second thread with a reason waits
	 * for the end.
	 * @param why a clause in the present tense
	 */
	static synchronized void because(String why) {
		try {
			System.err.println("Runnel ends with code " + CODE + ": " + why + ".");
		}
		finally {
			Runtime.getRuntime().halt(CODE);
		}
	}

}
