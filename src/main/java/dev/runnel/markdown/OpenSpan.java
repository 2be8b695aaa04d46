package dev.runnel.markdown;

/**
 * Incomplete inline markup at the end of a line, as far as single characters show it. It
 * is a guess for {@link CalmText}: the parser decides.
 */
final class OpenSpan {

	/** The marks that come in runs. */
	private static final String RUNS = "*_~`$";

	/** A longer run is rare or no markup. */
	private static final int MAX_RUN = 3;

	/** The length of the longest entity in use, with its ampersand and semicolon. */
	private static final int MAX_ENTITY_CHARS = 10;

	/** The open markup, and the characters that decide about it. */
	private enum Kind {

		/** None. The next mark opens a kind. */
		NONE,

		/** A run of marks. The first other character decides whether it opens markup. */
		RUN,

		/** Text behind an opening run. A run of the same length ends it. */
		MARKED,

		/** Text in brackets. The closing bracket ends it. */
		LABEL,

		/** A closed bracket. A parenthesis or another bracket makes it a link. */
		LABELLED,

		/** The target of a link. The closing parenthesis ends it. */
		TARGET,

		/** A tag. Its end decides whether it opens a harmless element. */
		TAG,

		/** A harmless element. The end of its end tag ends it. */
		ELEMENT,

		/** A backslash. The next character is escaped or opens a formula. */
		ESCAPE,

		/** A formula in brackets or parentheses. The closing one ends it. */
		FORMULA,

		/** A character reference. The semicolon ends it. */
		ENTITY

	}

	private Kind kind = Kind.NONE;

	private int length;

	/** The mark of a run, or the character that ends a formula. */
	private char mark;

	/** The number of marks at the start, and of those at the end so far. */
	private int run;

	private int closing;

	/** The character before the markup. */
	private char before;

	private char previous;

	/** The tag so far. */
	private final StringBuilder tag = new StringBuilder();

	/** Whether a character can be part of a run. */
	static boolean isRun(char c) {
		return RUNS.indexOf(c) >= 0;
	}

	/** Forgets the line before. */
	void start(char previous) {
		this.kind = Kind.NONE;
		this.length = 0;
		this.previous = previous;
	}

	/** Forgets the line before, and begins with a run of marks. */
	void startRun(char mark, int run, char before) {
		start(mark);
		this.kind = Kind.RUN;
		this.length = run;
		this.mark = mark;
		this.run = run;
		this.before = before;
	}

	/** The number of characters since the start of the markup; 0 if none is open. */
	int length() {
		return this.length;
	}

	/** Reads a character that is no line break. */
	void read(char c) {
		this.length++;
		switch (this.kind) {
			case NONE -> begin(c);
			case RUN -> readRun(c);
			case MARKED -> readMarked(c);
			case LABEL -> this.kind = (c == ']') ? Kind.LABELLED : Kind.LABEL;
			case LABELLED -> readLabelled(c);
			case TARGET, ELEMENT, FORMULA -> endIf(isEnd(c));
			case TAG -> readTag(c);
			case ESCAPE -> readEscape(c);
			case ENTITY -> readEntity(c);
		}
		this.previous = c;
	}

	private void begin(char c) {
		this.kind = switch (c) {
			case '*', '_', '~', '`', '$' -> Kind.RUN;
			case '[' -> Kind.LABEL;
			case '<' -> Kind.TAG;
			case '\\' -> Kind.ESCAPE;
			case '&' -> Kind.ENTITY;
			default -> Kind.NONE;
		};
		this.length = (this.kind == Kind.NONE) ? 0 : 1;
		this.mark = c;
		this.run = 1;
		this.before = this.previous;
	}

	private boolean isEnd(char c) {
		return switch (this.kind) {
			case TARGET -> c == ')';
			case ELEMENT -> c == '>';
			default -> c == this.mark && this.previous == '\\';
		};
	}

	private void endIf(boolean complete) {
		if (complete) {
			this.kind = Kind.NONE;
			this.length = 0;
		}
	}

	private void readRun(char c) {
		if (c == this.mark) {
			this.run++;
		}
		else if (opens(c)) {
			this.kind = Kind.MARKED;
			this.closing = 0;
		}
		else {
			begin(c);
		}
	}

	/**
	 * Whether the run can open markup. The dollar of a price cannot, and neither can a
	 * mark within a word or before a blank.
	 */
	private boolean opens(char next) {
		boolean apart = next != ' ' && !isWord(this.before);
		return switch (this.mark) {
			case '`' -> true;
			case '~' -> apart && this.run == 2;
			case '$' -> apart && this.run <= 2 && !(this.run == 1 && isDigit(next));
			default -> apart && this.run <= MAX_RUN;
		};
	}

	private void readMarked(char c) {
		boolean free = this.mark == '`' || this.closing > 0 || (this.previous != ' ' && this.previous != '\\');
		this.closing = (c == this.mark && free) ? this.closing + 1 : 0;
		endIf(this.closing == this.run);
	}

	/** The box of a task, {@code [x]}, is undecided until text follows. */
	private void readLabelled(char c) {
		boolean behind = this.previous == ']';
		if (behind && c == '(') {
			this.kind = Kind.TARGET;
		}
		else if (behind && c == '[') {
			this.kind = Kind.LABEL;
		}
		else if (!(behind && c == ' ' && this.length == "[x] ".length())) {
			begin(c);
		}
	}

	/** A harmless element is undecided until its end tag. */
	private void readTag(char c) {
		boolean named = this.length > 2 || c == '/' || Character.isLetter(c);
		if (!named || c == ' ' || c == '<') {
			begin(c);
			return;
		}
		if (this.length == 2) {
			this.tag.setLength(0);
			this.tag.append('<');
		}
		this.tag.append(c);
		boolean opens = c == '>' && HarmlessTag.opens(this.tag.toString());
		this.kind = opens ? Kind.ELEMENT : Kind.TAG;
		endIf(c == '>' && !opens);
	}

	private void readEscape(char c) {
		this.mark = (c == '(') ? ')' : ']';
		this.kind = Kind.FORMULA;
		endIf(c != '(' && c != '[');
	}

	private void readEntity(char c) {
		boolean named = c == '#' || c == ';' || isWord(c);
		if (!named || this.length > MAX_ENTITY_CHARS) {
			begin(c);
		}
		else {
			endIf(c == ';');
		}
	}

	private static boolean isWord(char c) {
		return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
	}

	private static boolean isDigit(char c) {
		return c >= '0' && c <= '9';
	}

}
