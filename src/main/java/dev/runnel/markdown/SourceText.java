package dev.runnel.markdown;

/**
 * The text received so far, in the form the parser is given: every line break is one
 * {@code \n}, and NUL and unpaired surrogates are U+FFFD. CommonMark gives both forms the
 * same meaning, and the rest of the package has one kind of line end to think of.
 */
final class SourceText {

	private static final char REPLACEMENT = '\uFFFD';

	private final StringBuilder text = new StringBuilder();

	/** A high surrogate whose partner has not come yet, or 0. */
	private char held;

	private boolean afterCarriageReturn;

	/**
	 * Takes text in, but for a high surrogate at its end: that waits for its partner.
	 */
	void append(CharSequence delta) {
		for (int i = 0; i < delta.length(); i++) {
			append(delta.charAt(i));
		}
	}

	private void append(char c) {
		boolean lineFeedOfPair = this.afterCarriageReturn && c == '\n';
		this.afterCarriageReturn = c == '\r';
		if (this.held != 0) {
			boolean paired = Character.isLowSurrogate(c);
			this.text.append(paired ? this.held : REPLACEMENT);
			this.held = 0;
			if (paired) {
				this.text.append(c);
				return;
			}
		}
		if (Character.isHighSurrogate(c)) {
			this.held = c;
		}
		else if (!lineFeedOfPair) {
			this.text.append((c == '\r') ? '\n' : (c == 0 || Character.isLowSurrogate(c)) ? REPLACEMENT : c);
		}
	}

	/**
	 * Takes in a high surrogate that still waits: its partner will not come.
	 */
	void finish() {
		if (this.held != 0) {
			this.text.append(REPLACEMENT);
			this.held = 0;
		}
	}

	boolean holdsSurrogate() {
		return this.held != 0;
	}

	int length() {
		return this.text.length();
	}

	char charAt(int index) {
		return this.text.charAt(index);
	}

	String substring(int start, int end) {
		return this.text.substring(start, end);
	}

	/**
	 * The start of the line that holds the character at the index.
	 */
	int lineStart(int index) {
		int start = index;
		while (start > 0 && this.text.charAt(start - 1) != '\n') {
			start--;
		}
		return start;
	}

	@Override
	public String toString() {
		return this.text.toString();
	}

}
