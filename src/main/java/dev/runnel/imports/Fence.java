package dev.runnel.imports;

/**
 * Puts code of a foreign file into Markdown.
 */
final class Fence {

	private static final int SHORTEST = 3;

	private Fence() {
	}

	/**
	 * A block of code.
	 * @param code the code, of which the end is stripped of white space
	 * @param language its language; empty for none
	 * @return the code in a fence that is longer than any in it
	 */
	static String around(String code, String language) {
		String fence = "~".repeat(Math.max(SHORTEST, longestRun(code) + 1));
		return fence + language + "\n" + code.stripTrailing() + "\n" + fence;
	}

	/**
	 * The name of a language, if it is one.
	 * @param name any text
	 * @return the name, or empty
	 */
	static String language(String name) {
		return name.matches("[a-z0-9+#-]{1,20}") ? name : "";
	}

	private static int longestRun(String code) {
		int longest = 0;
		int run = 0;
		for (int i = 0; i < code.length(); i++) {
			run = (code.charAt(i) == '~') ? run + 1 : 0;
			longest = Math.max(longest, run);
		}
		return longest;
	}

}
