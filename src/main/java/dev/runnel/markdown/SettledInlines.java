package dev.runnel.markdown;

import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether the inline markup of a paragraph is settled: whether more text, after
 * white space, leaves the present markup as it is. Complete markup is settled. A special
 * character that stayed text is settled if no later character can turn it into markup. In
 * doubt, the markup is not settled.
 */
final class SettledInlines {

	/** A number of brackets that later text could never close. */
	private static final int UNSETTLED = 1 << 20;

	/**
	 * Whether the source has escapes or entities. Then the characters of the tree differ
	 * from those of the source, and no special character counts as settled.
	 */
	private final boolean escapes;

	private int openBrackets;

	private boolean settled = true;

	private SettledInlines(boolean escapes) {
		this.escapes = escapes;
	}

	/**
	 * Checks a paragraph.
	 * @param paragraph the paragraph, parsed up to the end of the text
	 * @param source the source, with the paragraph's text from start to end
	 * @param lineGoesOn whether the next character belongs to the same line
	 */
	static boolean isSettled(Node paragraph, SourceText source, int start, int end, boolean lineGoesOn) {
		boolean backslash = source.contains('\\', start, end);
		if (source.charAt(end - 1) == '\\' || (lineGoesOn && source.mayHoldMath(start, end))) {
			return false;
		}
		SettledInlines inlines = new SettledInlines(backslash || source.contains('&', start, end));
		inlines.visit(paragraph);
		return inlines.settled && inlines.openBrackets == 0;
	}

	private void visit(Node parent) {
		for (Node node = parent.getFirstChild(); node != null && this.settled; node = node.getNext()) {
			if (node instanceof Text text) {
				this.settled = !(isLink(node.getPrevious()) && text.getLiteral().startsWith("("));
				visit(text.getLiteral());
			}
			else if (node instanceof HtmlInline html) {
				this.settled = !HarmlessTag.opens(html.getLiteral());
			}
			else {
				visit(node);
			}
		}
	}

	/**
	 * Whether a node is a link, an image or the reference to a note. A link by its label
	 * is not settled while a destination may still follow.
	 */
	private static boolean isLink(@Nullable Node node) {
		return node instanceof Link || node instanceof Image || node instanceof FootnoteReference;
	}

	private void visit(String text) {
		for (int i = 0; i < text.length() && this.settled; i++) {
			visit(text, i);
		}
	}

	private void visit(String text, int index) {
		switch (text.charAt(index)) {
			case '`' -> this.settled = false;
			case '$' -> this.settled = runLength(text, index) == 1;
			case '*', '~', '_', '<' -> this.settled = !this.escapes && isLiteral(text, index);
			case '[' -> bracket(1);
			case ']' -> bracket(isBefore(text, index, "(") ? UNSETTLED : -1);
			default -> {
			}
		}
	}

	/** Whether a mark stays a character, whatever text follows. */
	private static boolean isLiteral(String text, int index) {
		return switch (text.charAt(index)) {
			case '<' -> isBefore(text, index, " =0123456789");
			case '_' -> isBefore(text, index, " ") || isInWord(text, index);
			case '~' -> isBefore(text, index, " ") || runLength(text, index) != 2;
			default -> isBefore(text, index, " ");
		};
	}

	/**
	 * Counts a bracket. A closing bracket removes the last opening one, whether or not it
	 * made a link. A bracket before a parenthesis may begin a destination and title, so
	 * it does not settle.
	 */
	private void bracket(int change) {
		this.openBrackets = Math.max(0, this.openBrackets + change);
		this.settled = !this.escapes;
	}

	private static boolean isBefore(String text, int index, String characters) {
		return index + 1 < text.length() && characters.indexOf(text.charAt(index + 1)) >= 0;
	}

	/** The number of the same characters in a row around the index. */
	private static int runLength(String text, int index) {
		return runEnd(text, index) - runStart(text, index);
	}

	private static int runEnd(String text, int index) {
		int end = index;
		while (end < text.length() && text.charAt(end) == text.charAt(index)) {
			end++;
		}
		return end;
	}

	private static int runStart(String text, int index) {
		int start = index;
		while (start > 0 && text.charAt(start - 1) == text.charAt(index)) {
			start--;
		}
		return start;
	}

	private static boolean isInWord(String text, int index) {
		return isAsciiWordAt(text, runStart(text, index) - 1) && isAsciiWordAt(text, runEnd(text, index));
	}

	private static boolean isAsciiWordAt(String text, int index) {
		return index >= 0 && index < text.length() && isAsciiWord(text.charAt(index));
	}

	private static boolean isAsciiWord(char c) {
		return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
	}

}
