package dev.runnel.upstream;

/**
 * Puts text and code from a file into Markdown.
 */
public final class Fence {

	private static final int MIN_CHARS = 3;

	private Fence() {
	}

	/**
	 * Returns a code block.
	 * @param code the code; trailing white space is removed
	 * @param language the language; empty for none
	 * @return the code inside a fence longer than any run of tildes in the code
	 */
	public static String around(String code, String language) {
		String fence = "~".repeat(Math.max(MIN_CHARS, longestRun(code) + 1));
		return fence + language + "\n" + code.stripTrailing() + "\n" + fence;
	}

	/**
	 * Returns a name if it is a plausible language name.
	 * @param name any text
	 * @return the name; empty if it is not plausible
	 */
	public static String language(String name) {
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
