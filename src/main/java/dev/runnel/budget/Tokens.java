package dev.runnel.budget;

/**
 * Estimates tokens of text, in quarters of a token: an ASCII character counts as one
 * quarter, and any other one as a whole token. Models need about as many for English, and
 * fewer for other languages, so an estimate is hardly ever too low.
 */
public final class Tokens {

	/** The quarters of a token. */
	static final int QUARTERS = 4;

	private static final char LAST_ASCII = 127;

	private Tokens() {
	}

	/**
	 * Estimates the tokens of a text.
	 * @param text any text
	 * @return quarters of a token
	 */
	public static long quarters(String text) {
		int others = 0;
		for (int i = 0; i < text.length(); i++) {
			if (text.charAt(i) > LAST_ASCII) {
				others++;
			}
		}
		return text.length() + (QUARTERS - 1L) * others;
	}

	/** Rounds quarters up to whole tokens. */
	static long whole(long quarters) {
		return (quarters + QUARTERS - 1) / QUARTERS;
	}

}
