package dev.runnel.chat;

/**
 * Makes text that UTF-8, JSON and databases can all hold: NUL and surrogates without a
 * partner become U+FFFD. A pair that is cut between two pieces stays a pair.
 */
final class WellFormedText {

	private static final char REPLACEMENT = '\uFFFD';

	/** A high surrogate that still waits for its partner; 0 for none. */
	private char held;

	/**
	 * Makes a whole text well-formed.
	 * @param text the text
	 * @return the same text, or one with replacements
	 */
	static String of(String text) {
		WellFormedText whole = new WellFormedText();
		return whole.next(text) + whole.rest();
	}

	/**
	 * Makes the next piece well-formed.
	 * @param piece the piece
	 * @return what can be passed on; a high surrogate at the end is held back
	 */
	String next(String piece) {
		if (this.held == 0 && isOrdinary(piece)) {
			return piece;
		}
		StringBuilder out = new StringBuilder(piece.length() + 1);
		piece.chars().forEach((c) -> add(out, (char) c));
		return out.toString();
	}

	/**
	 * What is left at the end.
	 * @return a replacement for a held surrogate, or nothing
	 */
	String rest() {
		StringBuilder out = new StringBuilder(1);
		replaceHeld(out);
		return out.toString();
	}

	private void add(StringBuilder out, char c) {
		if (Character.isLowSurrogate(c) && this.held != 0) {
			out.append(this.held).append(c);
			this.held = 0;
			return;
		}
		replaceHeld(out);
		if (Character.isHighSurrogate(c)) {
			this.held = c;
		}
		else {
			out.append((c == 0 || Character.isLowSurrogate(c)) ? REPLACEMENT : c);
		}
	}

	private void replaceHeld(StringBuilder out) {
		if (this.held != 0) {
			out.append(REPLACEMENT);
			this.held = 0;
		}
	}

	private static boolean isOrdinary(String piece) {
		for (int i = 0; i < piece.length(); i++) {
			char c = piece.charAt(i);
			if (c == 0 || Character.isSurrogate(c)) {
				return false;
			}
		}
		return true;
	}

}
