package dev.runnel.markdown;

import org.commonmark.node.FencedCodeBlock;
import org.jspecify.annotations.Nullable;

/**
 * The language of fenced code.
 */
final class CodeLanguage {

	/** The language of a fence that holds TeX. */
	static final String MATH = "math";

	private static final int MAX_CHARS = 40;

	private CodeLanguage() {
	}

	/**
	 * The first word of the info string, if all its characters are safe; null otherwise.
	 */
	static @Nullable String of(@Nullable String info) {
		if (info == null) {
			return null;
		}
		int end = 0;
		while (end < info.length() && isSafe(info.charAt(end))) {
			end++;
		}
		boolean whole = end == info.length() || info.charAt(end) == ' ';
		return (whole && end > 0 && end <= MAX_CHARS) ? info.substring(0, end) : null;
	}

	private static boolean isSafe(char c) {
		return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "+-#._".indexOf(c) >= 0;
	}

	/** Whether a code block is display math by its language. */
	static boolean isMath(FencedCodeBlock code) {
		return MATH.equals(of(code.getInfo()));
	}

}
