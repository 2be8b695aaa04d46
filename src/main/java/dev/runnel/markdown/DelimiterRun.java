package dev.runnel.markdown;

import org.commonmark.node.CustomNode;
import org.jspecify.annotations.Nullable;

/**
 * A run of the same mark in a text. {@link Delimiters} finds the partners of the runs and
 * replaces all of them, so a parsed document has no such node.
 */
final class DelimiterRun extends CustomNode {

	/** Asterisk, underscore or tilde. */
	final char mark;

	/** The code point before the run. */
	final int previous;

	/** The code point after the run. */
	final int next;

	boolean opens;

	boolean closes;

	/** The number of marks in the source. */
	final int written;

	/** The number of marks without a partner yet. */
	int length;

	/** The number of the run among its siblings, from 1. */
	int place;

	@Nullable DelimiterRun before;

	@Nullable DelimiterRun after;

	DelimiterRun(char mark, int length, int previous, int next) {
		this.mark = mark;
		this.length = length;
		this.written = length;
		this.previous = previous;
		this.next = next;
	}

	/**
	 * The number of marks that this closing run and an opening run use together; 0 if
	 * they are no partners. For a tilde this is two. For the others, CommonMark's rule
	 * about multiples of three applies if one of the runs can both open and close.
	 */
	int pairs(DelimiterRun opener) {
		if (this.mark != opener.mark || !opener.opens) {
			return 0;
		}
		if (this.mark == '~') {
			return (opener.length == this.length) ? 2 : 0;
		}
		boolean ambiguous = (opener.closes || this.opens) && this.written % 3 != 0;
		if (ambiguous && (opener.written + this.written) % 3 == 0) {
			return 0;
		}
		return Math.min(2, Math.min(opener.length, this.length));
	}

	/** The kind of a closing run. Closing runs of one kind accept the same openers. */
	int kind() {
		return switch (this.mark) {
			case '*' -> (this.opens ? 3 : 0) + this.written % 3;
			case '_' -> 6 + (this.opens ? 3 : 0) + this.written % 3;
			default -> 12;
		};
	}

	String text() {
		return String.valueOf(this.mark).repeat(this.length);
	}

	/** Links the neighbours of this run to each other. */
	void leaveChain() {
		if (this.before != null) {
			this.before.after = this.after;
		}
		if (this.after != null) {
			this.after.before = this.before;
		}
	}

}
