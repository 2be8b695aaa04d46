package dev.runnel.markdown;

import java.util.HashMap;
import java.util.Map;

/**
 * The code and the math in one line, found without the lines around it. The time is
 * linear in the length of the line, because a closer is searched only if there is one.
 */
final class MarkedSpans {

	private final CharSequence text;

	private final int lineEnd;

	/** For each length of a run of back ticks: the start of the last one. */
	private final Map<Integer, Integer> lastTicks = new HashMap<>();

	/** The last closer of math in parentheses. */
	private int lastParenthesis = -1;

	private int index;

	private int start;

	private int end;

	/** Whether a run of back ticks has no partner in the line. */
	private boolean open;

	MarkedSpans(CharSequence text, int start, int end) {
		this.text = text;
		this.lineEnd = end;
		this.index = start;
		for (int i = start; i < end;) {
			int next = runEnd(i);
			if (text.charAt(i) == '`') {
				this.lastTicks.put(next - i, i);
			}
			else if (text.charAt(i) == '\\' && i + 1 < end && text.charAt(i + 1) == ')') {
				this.lastParenthesis = i;
			}
			i = (text.charAt(i) == '`') ? next : i + 1;
		}
	}

	/**
	 * Whether each run of back ticks before the end of the line is part of code, so that
	 * later text does not change what is code.
	 */
	static boolean areClosed(CharSequence text, int start, int end) {
		MarkedSpans spans = new MarkedSpans(text, start, end);
		while (spans.next()) {
			continue;
		}
		return !spans.open;
	}

	/**
	 * Moves to the next span.
	 * @return false if there is none
	 */
	boolean next() {
		while (this.index < this.lineEnd) {
			this.start = this.index;
			this.end = switch (this.text.charAt(this.index)) {
				case '`' -> code();
				case '$' -> math();
				case '\\' -> parenthesis();
				default -> -1;
			};
			if (this.end > 0) {
				this.index = this.end;
				return true;
			}
			skip();
		}
		return false;
	}

	private void skip() {
		char c = this.text.charAt(this.index);
		this.open |= c == '`';
		this.index = (c == '\\') ? this.index + 2 : (c == '`' || c == '$') ? runEnd(this.index) : this.index + 1;
	}

	int start() {
		return this.start;
	}

	int end() {
		return this.end;
	}

	private int runEnd(int from) {
		int i = from;
		while (i < this.lineEnd && this.text.charAt(i) == this.text.charAt(from)) {
			i++;
		}
		return i;
	}

	private int code() {
		int content = runEnd(this.index);
		int length = content - this.index;
		int i = (this.lastTicks.getOrDefault(length, -1) > this.index) ? content : this.lineEnd;
		while (i < this.lineEnd) {
			int run = runEnd(i);
			if (this.text.charAt(i) == '`' && run - i == length) {
				return run;
			}
			i = (this.text.charAt(i) == '`') ? run : i + 1;
		}
		return -1;
	}

	private int math() {
		int content = runEnd(this.index);
		int last = content;
		while (last < this.lineEnd && this.text.charAt(last) != '$' && this.text.charAt(last) != '`') {
			last += (this.text.charAt(last) == '\\') ? 2 : 1;
		}
		if (last >= this.lineEnd || this.text.charAt(last) == '`' || last == content) {
			return -1;
		}
		int close = runEnd(last);
		boolean blank = this.text.charAt(content) == ' ' || this.text.charAt(last - 1) == ' ';
		return (close - last == content - this.index && !(content - this.index == 1 && blank)) ? close : -1;
	}

	private int parenthesis() {
		if (this.lastParenthesis < this.index || this.text.charAt(this.index + 1) != '(') {
			return -1;
		}
		int i = this.index + 2;
		while (i < this.lastParenthesis && !(this.text.charAt(i) == '\\' && this.text.charAt(i + 1) == ')')) {
			i++;
		}
		return i + 2;
	}

}
