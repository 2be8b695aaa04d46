package dev.runnel.markdown;

/**
 * Recognises a text that is one line without any mark, as most short questions are. Such
 * a text is a paragraph of itself, so no parser has to read it.
 */
final class PlainLine {

	private static final int MAX_CHARS = 1000;

	/**
	 * Characters other than letters and digits that have no meaning inside a line. A
	 * colon may belong to an address.
	 */
	private static final String HARMLESS = " ,.?!;'()-=";

	private PlainLine() {
	}

	/**
	 * Checks a text.
	 * @param text any text
	 * @return true if it is one paragraph that shows the same characters; false if a
	 * parser must decide
	 */
	static boolean is(String text) {
		int length = text.length();
		if (length == 0 || length > MAX_CHARS || !isLetter(text.charAt(0)) || text.charAt(length - 1) == ' ') {
			return false;
		}
		for (int i = 1; i < length; i++) {
			char c = text.charAt(i);
			if (!isLetter(c) && !isDigit(c) && (HARMLESS.indexOf(c) < 0 || beginsAddress(text, i))) {
				return false;
			}
		}
		return true;
	}

	/** An address may begin with {@code www.} instead of a scheme. */
	private static boolean beginsAddress(String text, int at) {
		return text.charAt(at) == '.' && (text.charAt(at - 1) == 'w' || text.charAt(at - 1) == 'W');
	}

	private static boolean isLetter(char c) {
		return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
	}

	private static boolean isDigit(char c) {
		return c >= '0' && c <= '9';
	}

}
