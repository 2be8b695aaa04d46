package dev.runnel.markdown;

/**
 * The text received so far, normalized for the parser: every line break is one
 * {@code \n}, and NUL, unpaired surrogates and {@link Placeholders} are U+FFFD.
 * CommonMark gives both forms the same meaning, and the rest of the package handles only
 * one kind of line end.
 */
final class SourceText {

	private static final char REPLACEMENT = '\uFFFD';

	/**
	 * A definition indented by more than this is not detected, so that each check stays
	 * cheap.
	 */
	private static final int MAX_INDENT = 64;

	private static final int MAX_LABEL = 1000;

	private final StringBuilder text = new StringBuilder();

	/** A high surrogate that waits for its low one; 0 for none. */
	private char held;

	private boolean afterCarriageReturn;

	/** The offset after the last line break: the start of the open line. */
	private int lastLineEnd;

	/**
	 * Appends text. A high surrogate at its end waits for its low one.
	 */
	void append(CharSequence delta) {
		for (int i = 0; i < delta.length(); i++) {
			append(delta.charAt(i));
		}
	}

	private void append(char c) {
		boolean lineFeedOfPair = this.afterCarriageReturn && c == '\n';
		this.afterCarriageReturn = c == '\r';
		if (this.held != 0 && appendHeld(c)) {
			return;
		}
		if (Character.isHighSurrogate(c)) {
			this.held = c;
		}
		else if (!lineFeedOfPair) {
			boolean invalid = c == 0 || Character.isLowSurrogate(c) || Placeholders.is(c);
			this.text.append((c == '\r') ? '\n' : invalid ? REPLACEMENT : c);
		}
		if (c == '\n' || c == '\r') {
			this.lastLineEnd = this.text.length();
		}
	}

	/** Appends the waiting high surrogate, with the character that follows if it fits. */
	private boolean appendHeld(char next) {
		boolean paired = Character.isLowSurrogate(next);
		this.text.append(paired ? this.held : REPLACEMENT);
		this.held = 0;
		if (paired) {
			this.text.append(next);
		}
		return paired;
	}

	/**
	 * Appends U+FFFD for a waiting high surrogate, because its low one will not come.
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
	 * The end of the complete lines, and the start of the open line.
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
	 * The start of the line with the character at the index; the floor if the line starts
	 * before it.
	 */
	int lineStart(int index, int floor) {
		int start = index;
		while (start > floor && this.text.charAt(start - 1) != '\n') {
			start--;
		}
		return start;
	}

	/**
	 * The end of the line with the character at the index, before its line break.
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

	/** Whether a part holds a character that can start math. */
	boolean mayHoldMath(int start, int end) {
		return contains('$', start, end) || contains('\\', start, end);
	}

	/**
	 * Whether the parser skips the character at the index before a definition. It skips
	 * more characters there than before a block.
	 */
	boolean isWhitespace(int index) {
		char c = this.text.charAt(index);
		return c == ' ' || (c >= '\t' && c <= '\r');
	}

	/** Whether the character at the index is a space or tab. */
	boolean isBlank(int index) {
		char c = this.text.charAt(index);
		return c == ' ' || c == '\t';
	}

	/**
	 * Whether a line holds only white space and quote markers. Such a line may be blank
	 * inside a container.
	 */
	boolean isBlankLine(int start) {
		int end = start;
		while (end < this.text.length() && (isBlank(end) || this.text.charAt(end) == '>')) {
			end++;
		}
		return end == this.text.length() || this.text.charAt(end) == '\n';
	}

	/**
	 * Whether the open line is the first line, or the line before it may be blank.
	 */
	boolean startsAfterBlankLine() {
		return this.lastLineEnd == 0 || isBlankLine(lineStart(this.lastLineEnd - 1, 0));
	}

	/**
	 * Whether a line from start to end may be blank.
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
	 * Whether the word that ends at the index could be or become an automatic link, or
	 * the ending of a formula.
	 */
	boolean isWordOpen(int end) {
		return mayBeLink(end) || mayBeEnding(end);
	}

	private boolean mayBeEnding(int end) {
		int start = end;
		while (start > 0 && end - start <= MathInlineParser.MAX_ENDING_CHARS
				&& Character.isLetter(this.text.charAt(start - 1))) {
			start--;
		}
		return start > 0 && this.text.charAt(start - 1) == '$';
	}

	private boolean mayBeLink(int end) {
		int start = end;
		while (start > 0 && !Character.isWhitespace(this.text.charAt(start - 1))
				&& !Cjk.endsAddress(this.text.charAt(start - 1))) {
			start--;
			char c = this.text.charAt(start);
			if (c == ':' || c == '@' || (c == '.' && isWww(start - 3))) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Whether the three characters from the index are {@code www}, in upper or lower
	 * case.
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
	 * The last space of the open line after the floor that has a letter of the line
	 * before it; 0 if there is none.
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
		if (i == this.text.length() || this.text.charAt(i) != '[' || isNote(i)) {
			return false;
		}
		end = Math.min(this.text.length() - 1, i + MAX_LABEL);
		while (i < end && this.text.charAt(i) != ']') {
			i++;
		}
		return i < end && this.text.charAt(i + 1) == ':';
	}

	private boolean isNote(int index) {
		return index + 1 < this.text.length() && this.text.charAt(index + 1) == '^';
	}

	/**
	 * The text itself, for reading only.
	 */
	CharSequence text() {
		return this.text;
	}

	@Override
	public String toString() {
		return this.text.toString();
	}

}
