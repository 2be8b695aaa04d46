package dev.runnel.markdown;

/**
 * The text received so far, in the form the parser is given: every line break is one
 * {@code \n}, and NUL and unpaired surrogates are U+FFFD. CommonMark gives both forms the
 * same meaning, and the rest of the package has one kind of line end to think of.
 */
final class SourceText {

	private static final char REPLACEMENT = '\uFFFD';

	/** Deeper than this no definition is looked for, so that a look costs little. */
	private static final int MAX_INDENT = 64;

	private static final int MAX_LABEL = 1000;

	private final StringBuilder text = new StringBuilder();

	/** A high surrogate whose partner has not come yet, or 0. */
	private char held;

	private boolean afterCarriageReturn;

	/** The offset after the last line break: the start of the open line. */
	private int lastLineEnd;

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
		if (c == '\n' || c == '\r') {
			this.lastLineEnd = this.text.length();
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

	/**
	 * How much of the text is complete lines; the open line starts there.
	 */
	int lastLineEnd() {
		return this.lastLineEnd;
	}

	char charAt(int index) {
		return this.text.charAt(index);
	}

	String substring(int start, int end) {
		return this.text.substring(start, end);
	}

	/**
	 * The start of the line that holds the character at the index, or the floor if the
	 * line starts before that.
	 */
	int lineStart(int index, int floor) {
		int start = index;
		while (start > floor && this.text.charAt(start - 1) != '\n') {
			start--;
		}
		return start;
	}

	/**
	 * The end of the line that starts or goes on at the index, before its line break.
	 */
	int lineEnd(int index) {
		int end = index;
		while (end < this.text.length() && this.text.charAt(end) != '\n') {
			end++;
		}
		return end;
	}

	int nextLine(int index) {
		return Math.min(lineEnd(index) + 1, this.text.length());
	}

	boolean contains(char c, int start, int end) {
		for (int i = start; i < end; i++) {
			if (this.text.charAt(i) == c) {
				return true;
			}
		}
		return false;
	}

	/** Whether a part has a character that math can start with. */
	boolean mayHoldMath(int start, int end) {
		return contains('$', start, end) || contains('\\', start, end);
	}

	/**
	 * Whether the parser skips the character at the index before a definition: more than
	 * it skips before a block.
	 */
	boolean isWhitespace(int index) {
		char c = this.text.charAt(index);
		return c == ' ' || (c >= '\t' && c <= '\r');
	}

	/** Whether there is a space or tab at the index. */
	boolean isBlank(int index) {
		char c = this.text.charAt(index);
		return c == ' ' || c == '\t';
	}

	/**
	 * Whether a line holds nothing but white space and quote markers, so that it may be
	 * blank inside some container.
	 */
	boolean isBlankLine(int start) {
		int end = start;
		while (end < this.text.length() && (isBlank(end) || this.text.charAt(end) == '>')) {
			end++;
		}
		return end == this.text.length() || this.text.charAt(end) == '\n';
	}

	/**
	 * Whether the open line is the first, or the one before it may be blank.
	 */
	boolean startsAfterBlankLine() {
		return this.lastLineEnd == 0 || isBlankLine(lineStart(this.lastLineEnd - 1, 0));
	}

	/**
	 * Whether any line from the start to the end may be blank.
	 */
	boolean hasBlankLine(int start, int end) {
		for (int line = start; line < end; line = nextLine(line)) {
			if (isBlankLine(line)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Whether the word that ends at the index could be an address that becomes a link by
	 * itself, now or with more characters.
	 */
	boolean wordMayBeLink(int end) {
		int start = end;
		while (start > 0 && !Character.isWhitespace(this.text.charAt(start - 1))) {
			start--;
			char c = this.text.charAt(start);
			if (c == ':' || c == '@' || (c == '.' && isWww(start - 3))) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Whether the three characters from the index are {@code www}, in any case.
	 */
	boolean isWww(int start) {
		for (int i = start; i < start + 3; i++) {
			if (i < 0 || (this.text.charAt(i) | ' ') != 'w') {
				return false;
			}
		}
		return true;
	}

	/**
	 * The last space of the open line, between the floor and the end, that has a letter
	 * of the line before it; 0 if there is none.
	 */
	int lastBlankBehindLetter(int floor) {
		int start = Math.max(floor, this.lastLineEnd);
		int blank = this.text.length() - 1;
		while (blank > start && this.text.charAt(blank) != ' ') {
			blank--;
		}
		int letter = this.lastLineEnd;
		while (letter < blank && !Character.isLetter(this.text.charAt(letter))) {
			letter++;
		}
		return (blank > start && letter < blank) ? blank : 0;
	}

	/**
	 * Whether the open line looks like a link reference definition.
	 */
	boolean isDefinitionOpen() {
		int i = this.lastLineEnd;
		int end = Math.min(this.text.length(), i + MAX_INDENT);
		while (i < end && isWhitespace(i)) {
			i++;
		}
		if (i == this.text.length() || this.text.charAt(i) != '[') {
			return false;
		}
		end = Math.min(this.text.length() - 1, i + MAX_LABEL);
		while (i < end && this.text.charAt(i) != ']') {
			i++;
		}
		return i < end && this.text.charAt(i + 1) == ':';
	}

	/**
	 * The text itself, to be read only.
	 */
	CharSequence text() {
		return this.text;
	}

	@Override
	public String toString() {
		return this.text.toString();
	}

}
