package dev.runnel.markdown;

/**
 * The characters at the end of a growing text whose meaning depends on the next ones: the
 * marks at the start of a line, the line of a fence, of display math or of a table's
 * head, and an {@linkplain OpenSpan open span}. Each character is read once, in constant
 * time and memory. It is a guess for {@link CalmText}: the parser decides.
 */
final class UndecidedEnd {

	private static final String MARKS = "-*+=#_~`$";

	private static final int MIN_FENCE = 3;

	/** The part of the line that is being read. A line break begins the first one. */
	private enum Part {

		/** Only marks and blanks. Any other character begins another part. */
		START,

		/** A fence, a formula or a row, whose meaning is decided at its end. */
		WHOLE,

		/** Text up to the end of the line, which an open span may end. */
		TEXT,

		/** A line of fenced code, where nothing waits. */
		CODE

	}

	/** The rows of a table directly before the line: none, the head, or more. */
	private enum Table {

		NONE, HEAD, ROWS

	}

	private final OpenSpan span = new OpenSpan();

	private Part part = Part.START;

	private Table table = Table.NONE;

	private boolean row;

	/** The number of undecided characters, except those of a span. */
	private int length;

	/** The first mark of the line; 0 for none. */
	private char first;

	/** The last run of marks at the start of the line, and the character before it. */
	private char mark;

	private int run;

	private char before;

	/** The character of the open fence, and its length; 0 for none. */
	private char fence;

	private int fenceLength;

	private char previous;

	/** The number of undecided characters. */
	int length() {
		return (this.part == Part.TEXT) ? this.span.length() : this.length;
	}

	/** Reads the next character of the text. */
	void read(char c) {
		if (c == '\n' && this.previous == '\r') {
			this.length += (this.length > 0) ? 1 : 0;
		}
		else if (c == '\n' || c == '\r') {
			endLine();
		}
		else {
			switch (this.part) {
				case START -> readStart(c);
				case WHOLE -> readWhole(c);
				case TEXT -> this.span.read(c);
				case CODE -> this.length = 0;
			}
		}
		this.previous = c;
	}

	private void readStart(char c) {
		if (isBlank(c)) {
			this.length += (this.length > 0) ? 1 : 0;
		}
		else if (c == '|' && this.first == 0 && this.fence == 0) {
			startRow();
		}
		else {
			if (this.first == 0) {
				this.table = Table.NONE;
				this.length = 0;
			}
			readMark(c);
		}
	}

	private void readMark(char c) {
		if (this.first == '|') {
			startText(c);
		}
		else if (isMark(c)) {
			addMark(c);
		}
		else if (this.fence != 0) {
			this.part = Part.CODE;
			this.length = 0;
		}
		else if (isFence() || isFormula()) {
			this.part = Part.WHOLE;
			readWhole(c);
		}
		else {
			startText(c);
		}
	}

	private boolean isBlank(char c) {
		return c == ' ' || c == '\t' || (c == '>' && this.first == 0 && this.fence == 0);
	}

	/**
	 * A digit is a mark only at the start of a line, where the number may become the
	 * marker of an item.
	 */
	private boolean isMark(char c) {
		if (this.fence != 0) {
			return c == this.fence;
		}
		boolean numbered = isDigit(this.first);
		return (isDigit(c) && (this.first == 0 || numbered)) || (numbered && (c == '.' || c == ')'))
				|| MARKS.indexOf(c) >= 0;
	}

	private static boolean isDigit(char c) {
		return c >= '0' && c <= '9';
	}

	private void addMark(char c) {
		boolean goesOn = c == this.mark && c == this.previous;
		this.run = goesOn ? this.run + 1 : 1;
		this.before = goesOn ? this.before : this.previous;
		this.mark = c;
		this.first = (this.first == 0) ? c : this.first;
		this.length++;
	}

	private boolean isFence() {
		return this.run >= MIN_FENCE && (this.mark == '`' || this.mark == '~');
	}

	private boolean isFormula() {
		return this.run == 2 && this.mark == '$' && this.previous == '$';
	}

	/**
	 * In a row behind the head and its delimiter row, only the first pipe waits. Alone it
	 * would be text.
	 */
	private void startRow() {
		this.row = true;
		this.first = '|';
		this.part = (this.table == Table.ROWS) ? Part.START : Part.WHOLE;
		this.length++;
	}

	private void startText(char c) {
		this.part = Part.TEXT;
		this.length = 0;
		if (this.run > 0 && this.previous == this.mark && OpenSpan.isRun(this.mark)) {
			this.span.startRun(this.mark, this.run, this.before);
		}
		else {
			this.span.start(this.previous);
		}
		this.span.read(c);
	}

	/**
	 * Three back ticks with another one later in the line are code in a text, and no
	 * fence.
	 */
	private void readWhole(char c) {
		this.length++;
		this.run = (c == '`' && this.mark == '`') ? 0 : this.run;
	}

	private void endLine() {
		if (this.fence != 0) {
			boolean closes = this.part == Part.START && this.first == this.fence && this.run >= this.fenceLength;
			this.fence = closes ? 0 : this.fence;
		}
		else if (!this.row && this.part != Part.TEXT && isFence()) {
			this.fence = this.mark;
			this.fenceLength = this.run;
		}
		Table next = (this.table == Table.NONE) ? Table.HEAD : Table.ROWS;
		this.table = this.row ? next : Table.NONE;
		this.length = (this.table == Table.HEAD) ? this.length + 1 : 0;
		this.part = Part.START;
		this.row = false;
		this.first = 0;
		this.mark = 0;
		this.run = 0;
	}

}
