package dev.runnel.process;

/**
 * Ends the process without an orderly stop.
 */
final class ProcessEnd {

	/** The code with which the virtual machine itself ends where memory is out. */
	static final int CODE = 3;

	private ProcessEnd() {
	}

	/**
	 * Ends the process now. Says why in one line on the standard error output: a logger
	 * may need memory that is not there.
	 * @param why a clause in the present tense
	 */
	static void because(String why) {
		try {
			System.err.println("Runnel ends with code " + CODE + ": " + why + ".");
		}
		finally {
			Runtime.getRuntime().halt(CODE);
		}
	}

}
