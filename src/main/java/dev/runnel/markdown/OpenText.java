package dev.runnel.markdown;

import java.util.function.Predicate;

import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableBody;
import org.commonmark.ext.task.list.items.TaskListItemMarker;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.LinkReferenceDefinition;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.Text;
import org.jspecify.annotations.Nullable;

/**
 * The end of the answer, if more characters on the same line are usually just more text.
 * They are shown without a parse: escaped, and inserted before the end tags.
 * <p>
 * In code, every character is text. In a paragraph, heading or table cell, a character is
 * text if it cannot form inline markup with the characters before it. The kind of the
 * line must be certain, for which one letter is enough, and its last character must
 * itself be plain.
 */
final class OpenText {

	private static final String PLAIN_PUNCTUATION = " ,.'\"-(!?/+=%{}^:;@)";

	/** Whether the text is inline Markdown; false for code. */
	private final boolean inlines;

	private final boolean paragraph;

	/** Whether a table stands before the block or before one of its containers. */
	private final boolean followsTable;

	/** The HTML after the text: the end tags of all open elements. */
	private final String closers;

	/** Whether a closing parenthesis may end a link. */
	private boolean brackets;

	/** Whether a semicolon may end an entity. */
	private boolean ampersand;

	/** Whether the current word may be or become an automatic link. */
	private boolean linkWord;

	/**
	 * The number of blanks at the end of the text, which are shown only when more text
	 * follows.
	 */
	private int heldBlanks;

	private OpenText(Node leaf, String closers) {
		this.inlines = leaf instanceof Paragraph || leaf instanceof Heading || leaf instanceof TableBlock;
		this.paragraph = leaf instanceof Paragraph;
		this.followsTable = this.paragraph && followsTable(leaf);
		this.closers = closers;
	}

	/**
	 * Checks whether a parse up to the end of the source ends in open text.
	 * @param html the HTML of the parse
	 * @param marks the offsets recorded in it
	 */
	static @Nullable OpenText find(Tail tail, Marks marks, String html) {
		Node leaf = tail.lastLeaf();
		if (leaf == null || tail.source().isBlankLine(tail.source().lastLineEnd())) {
			return null;
		}
		if (leaf instanceof FencedCodeBlock code) {
			boolean open = code.getClosingFenceLength() == null;
			return open ? inCode(tail, code, code.getLiteral(), code.getFenceCharacter(), marks, html) : null;
		}
		if (leaf instanceof IndentedCodeBlock code) {
			return inCode(tail, code, code.getLiteral(), "", marks, html);
		}
		return isTextOpen(tail, leaf, marks) ? inText(tail, leaf, html.substring(marks.lastTextEnd)) : null;
	}

	/**
	 * Finds open text in code, unless its line may become a closing fence. The first line
	 * of indented code may still become a thematic break or a row of the table before it.
	 * The parser ends each line of code with a line break, even the open one. That line
	 * break belongs to the closers.
	 */
	private static @Nullable OpenText inCode(Tail tail, Node leaf, String literal, String fence, Marks marks,
			String html) {
		int last = literal.length() - 2;
		int start = literal.lastIndexOf('\n', last) + 1;
		String line = literal.substring(start).strip();
		boolean settled = !line.isEmpty() && (fence.isEmpty() ? start > 0 : line.charAt(0) != fence.charAt(0));
		boolean open = settled && literal.charAt(last) == tail.source().charAt(tail.end() - 1);
		return open ? new OpenText(leaf, html.substring(marks.codeEnd - 1)) : null;
	}

	private static OpenText inText(Tail tail, Node leaf, String closers) {
		OpenText text = new OpenText(leaf, closers);
		SourceText source = tail.source();
		int start = tail.from().cut();
		text.brackets = source.contains('[', start, tail.end()) || source.contains('\\', start, tail.end());
		text.ampersand = source.contains('&', start, tail.end());
		int end = tail.end();
		while (source.charAt(end - 1) == ' ') {
			end--;
		}
		text.heldBlanks = tail.end() - end;
		text.linkWord = text.heldBlanks == 0 && source.isWordOpen(end);
		return text;
	}

	private static boolean isTextOpen(Tail tail, Node leaf, Marks marks) {
		Node holder = holder(tail, leaf);
		if (holder == null || !(holder.getLastChild() instanceof Text text) || text != marks.lastText
				|| text.getLiteral().isEmpty() || !isLineSettled(tail, leaf)) {
			return false;
		}
		SourceText source = tail.source();
		int last = tail.end() - 1;
		while (source.charAt(last) == ' ') {
			last--;
		}
		char c = source.charAt(last);
		return c == text.getLiteral().charAt(text.getLiteral().length() - 1) && isPlain(c);
	}

	/** The node whose inline content is still being written; null if there is none. */
	private static @Nullable Node holder(Tail tail, Node leaf) {
		if (leaf instanceof Paragraph || leaf instanceof Heading) {
			return leaf;
		}
		return (leaf instanceof TableBlock && leaf.getLastChild() instanceof TableBody body)
				? openCell(tail.source(), body.getLastChild()) : null;
	}

	/**
	 * The cell that is open in the last row; null if some pipe might not separate cells.
	 */
	private static @Nullable Node openCell(SourceText source, Node row) {
		int start = source.lastLineEnd();
		int end = source.length();
		if (source.charAt(start) != '|' || source.mayHoldMath(start, end) || source.contains('`', start, end)) {
			return null;
		}
		Node cell = row.getFirstChild();
		for (int i = start + 1; i < end && cell != null; i++) {
			cell = (source.charAt(i) == '|') ? cell.getNext() : cell;
		}
		return cell;
	}

	/**
	 * Whether the kind of the open line is certain, whatever follows. A tag, a definition
	 * or display math can become complete at a letter; every other block shows before the
	 * first letter.
	 */
	private static boolean isLineSettled(Tail tail, Node leaf) {
		SourceText source = tail.source();
		if (tail.isOpen(leaf) && leaf instanceof Paragraph && tail.from().cut() > source.lastLineEnd()) {
			return true;
		}
		if (followsOpenMath(leaf)) {
			return false;
		}
		boolean task = leaf.getPrevious() instanceof TaskListItemMarker;
		if (leaf instanceof Paragraph && !task && mayBeDefinition(tail, leaf)) {
			return false;
		}
		// The marker of a footnote has letters, so the search begins behind the markers.
		for (int i = Math.max(source.lastLineEnd(), tail.offset(leaf)); i < tail.end(); i++) {
			char c = source.charAt(i);
			if (Character.isLetter(c)) {
				return true;
			}
			if (c == '<' || mayStartMath(source, i)) {
				return false;
			}
		}
		return false;
	}

	/** Whether the characters at the index may start display math. */
	private static boolean mayStartMath(SourceText source, int index) {
		char c = source.charAt(index);
		char next = (index + 1 < source.length()) ? source.charAt(index + 1) : 0;
		return (c == '$' && next == '$') || (c == '\\' && (next == '[' || next == 'b'));
	}

	private static boolean mayBeDefinition(Tail tail, Node paragraph) {
		if (tail.isOpen(paragraph)) {
			return false;
		}
		int start = tail.offset(paragraph);
		if (start < 0) {
			return true;
		}
		int end = tail.source().length();
		while (start < end && tail.source().isWhitespace(start)) {
			start++;
		}
		return start == end || tail.source().charAt(start) == '['
				|| paragraph.getPrevious() instanceof LinkReferenceDefinition;
	}

	/**
	 * Whether the text belongs to a paragraph, whatever else the line brings. A line
	 * right after a table becomes a row if it gets a pipe.
	 */
	boolean isSettledParagraph(SourceText source) {
		return this.paragraph && (source.startsAfterBlankLine() || !this.followsTable);
	}

	private static boolean followsTable(Node leaf) {
		return follows(leaf, TableBlock.class::isInstance);
	}

	/** Whether the line after a blank line may still become part of display math. */
	private static boolean followsOpenMath(Node leaf) {
		return follows(leaf, (block) -> block instanceof MathBlock math && !math.isClosed());
	}

	private static boolean follows(Node leaf, Predicate<@Nullable Node> kind) {
		for (Node node = leaf; node != null; node = node.getParent()) {
			if (kind.test(node.getPrevious())) {
				return true;
			}
		}
		return false;
	}

	String closers() {
		return this.closers;
	}

	/**
	 * Shows the new end of the source as text, if it is nothing more.
	 * @return the HTML to insert before the closers; {@code null} if a parse is needed
	 */
	@Nullable String take(SourceText source, int start, int end) {
		StringBuilder html = new StringBuilder(end - start + this.heldBlanks);
		return this.inlines ? takeText(source, start, end, html) : takeCode(source, start, end, html);
	}

	private static @Nullable String takeCode(SourceText source, int start, int end, StringBuilder html) {
		if (source.contains('\n', start, end)) {
			return null;
		}
		Escape.append(html, source.text(), start, end);
		return html.toString();
	}

	private @Nullable String takeText(SourceText source, int start, int end, StringBuilder html) {
		int blanks = this.heldBlanks;
		boolean link = this.linkWord;
		for (int i = start; i < end; i++) {
			char c = source.charAt(i);
			if (c == ' ') {
				blanks++;
				link = false;
				continue;
			}
			if (link || !isPlain(c) || closes(c)) {
				return null;
			}
			for (; blanks > 0; blanks--) {
				html.append(' ');
			}
			Escape.append(html, source.text(), i, i + 1);
			// an earlier link character in this word would have ended the loop
			link = c == ':' || c == '@' || (c == '.' && source.isWww(i - 3));
		}
		this.heldBlanks = blanks;
		this.linkWord = link;
		return html.toString();
	}

	/** Whether a character may end a link destination or an entity. */
	private boolean closes(char c) {
		return (c == ')' && this.brackets) || (c == ';' && this.ampersand);
	}

	private static boolean isPlain(char c) {
		if (c < 0x80) {
			return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
					|| PLAIN_PUNCTUATION.indexOf(c) >= 0;
		}
		return !Character.isSpaceChar(c) && !Character.isISOControl(c) && Character.getType(c) != Character.FORMAT;
	}

}
