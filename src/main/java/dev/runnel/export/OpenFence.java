package dev.runnel.export;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Closes a code fence that a text leaves open. Otherwise the rest of the file would
 * become code.
 */
final class OpenFence {

	/**
	 * A fence line. It opens a code block, or closes one if nothing follows the fence
	 * (CommonMark 0.31.2, section 4.5).
	 */
	private static final Pattern FENCE = Pattern.compile("^ {0,3}(`{3,}(?=[^`]*$)|~{3,})(?<rest>(?s).*)$");

	private OpenFence() {
	}

	/**
	 * Closes the fence that is open at the end of a text.
	 * @param markdown the text
	 * @return the text, with a closing fence if it needs one
	 */
	static String close(String markdown) {
		String open = "";
		for (Matcher fence : fences(markdown)) {
			open = after(open, fence);
		}
		return open.isEmpty() ? markdown : markdown.stripTrailing() + "\n" + open;
	}

	private static List<Matcher> fences(String markdown) {
		return markdown.lines().map(FENCE::matcher).filter(Matcher::matches).toList();
	}

	/** Returns the fence open after a line with a fence; empty for none. */
	private static String after(String open, Matcher line) {
		if (open.isEmpty()) {
			return line.group(1);
		}
		return closes(open, line.group(1), line.group("rest")) ? "" : open;
	}

	private static boolean closes(String open, String fence, String rest) {
		return fence.charAt(0) == open.charAt(0) && fence.length() >= open.length() && rest.isBlank();
	}

}
