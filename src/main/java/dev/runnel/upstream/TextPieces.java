package dev.runnel.upstream;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts text into pieces of limited size, because rendering and encoding take many times
 * the memory of the text.
 */
public final class TextPieces {

	/** The maximum length of a piece, in UTF-16 units. */
	public static final int MAX_CHARS = 16 * 1024;

	private TextPieces() {
	}

	/**
	 * Cuts a text, but never inside a surrogate pair.
	 * @param text well-formed text
	 * @return the pieces in order; empty for an empty text
	 */
	public static List<String> of(String text) {
		if (text.length() <= MAX_CHARS) {
			return text.isEmpty() ? List.of() : List.of(text);
		}
		List<String> pieces = new ArrayList<>();
		for (int start = 0, end; start < text.length(); start = end) {
			end = end(text, start, MAX_CHARS);
			pieces.add(text.substring(start, end));
		}
		return pieces;
	}

	/**
	 * Returns the beginning of a text, but never half of a surrogate pair.
	 * @param text well-formed text
	 * @param chars the maximum length, in UTF-16 units
	 * @return the beginning
	 */
	static String first(String text, int chars) {
		return text.substring(0, end(text, 0, chars));
	}

	private static int end(String text, int start, int chars) {
		int end = Math.min(start + chars, text.length());
		return (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) ? end - 1 : end;
	}

}
