package dev.runnel.markdown;

import org.commonmark.node.CustomNode;
import org.jspecify.annotations.Nullable;

/**
 * A run of the same mark in a text, before {@link Delimiters} has found its partners. No
 * such node is left in a parsed document.
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

	/** The place among the runs of the same siblings. */
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
	 * they are no partners. For a tilde this is two. For the others, a run that both
	 * opens and closes has CommonMark's rule about multiples of three.
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

	/** The closing runs that find the same openers have the same kind. */
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

}
