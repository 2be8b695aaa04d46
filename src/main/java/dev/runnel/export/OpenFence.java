package dev.runnel.export;

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
	private static final Pattern FENCE = Pattern.compile("^ {0,3}(?:(`{3,})([^`]*)|(~{3,})(.*))$");

	private OpenFence() {
	}

	/**
	 * Closes the fence that is open at the end of a text.
	 * @param markdown the text
	 * @return the text, with a closing fence if it needs one
	 */
	static String close(String markdown) {
		String open = "";
		for (String line : markdown.lines().toList()) {
			open = after(open, FENCE.matcher(line));
		}
		return open.isEmpty() ? markdown : markdown.stripTrailing() + "\n" + open;
	}

	/** Returns the fence open after a line; empty for none. */
	private static String after(String open, Matcher line) {
		if (!line.matches()) {
			return open;
		}
		String fence = (line.group(1) != null) ? line.group(1) : line.group(3);
		String rest = (line.group(1) != null) ? line.group(2) : line.group(4);
		if (open.isEmpty()) {
			return fence;
		}
		boolean closes = fence.charAt(0) == open.charAt(0) && fence.length() >= open.length() && rest.isBlank();
		return closes ? "" : open;
	}

}
