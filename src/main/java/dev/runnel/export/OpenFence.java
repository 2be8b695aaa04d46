package dev.runnel.export;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Closes a code fence that a text leaves open, so that what follows the text in a file
 * does not become code.
 */
final class OpenFence {

	/** Opens, or closes if nothing follows (CommonMark 0.31.2, section 4.5). */
	private static final Pattern FENCE = Pattern.compile("^ {0,3}(?:(`{3,})([^`]*)|(~{3,})(.*))$");

	private OpenFence() {
	}

	/**
	 * Closes the fence that is open at the end.
	 * @param markdown a text
	 * @return the text, with a closing fence if it needs one
	 */
	static String close(String markdown) {
		String open = "";
		for (String line : markdown.lines().toList()) {
			open = after(open, FENCE.matcher(line));
		}
		return open.isEmpty() ? markdown : markdown.stripTrailing() + "\n" + open;
	}

	/** The fence that is open after a line, given the one that is open before it. */
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
