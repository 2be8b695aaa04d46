package dev.runnel.markdown;

import java.util.ArrayList;
import java.util.List;

import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableBody;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.node.Block;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.LinkReferenceDefinition;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.jspecify.annotations.Nullable;

/**
 * The leaf block at the end of the document, if it can be cut inside: a paragraph with
 * settled inline markup, an open fenced code block, or a table with rows.
 *
 * @param block the leaf
 * @param lines for code: the number of its lines before the cut
 * @param next the frontier at the cut, without its HTML length
 */
record OpenLeaf(Block block, int lines, Frontier next) {

	/**
	 * Finds a cut in the last leaf of a parse; {@code null} if there is none after the
	 * current frontier.
	 */
	static @Nullable OpenLeaf find(Tail tail, BoundedInlineParser inlines) {
		List<Node> chain = new ArrayList<>();
		Node node = tail.document().getLastChild();
		while (node != null && OpenContainer.is(node)) {
			chain.add(node);
			node = node.getLastChild();
		}
		List<OpenContainer> spine = OpenContainer.of(chain);
		if (node == null || spine == null) {
			return null;
		}
		OpenLeaf leaf = null;
		if (node instanceof Paragraph paragraph) {
			leaf = inParagraph(tail, paragraph, spine, inlines);
		}
		else if (node instanceof FencedCodeBlock code) {
			leaf = inFence(tail, code, spine);
		}
		else if (node instanceof TableBlock table) {
			leaf = inTable(tail, table, spine);
		}
		return (leaf != null && leaf.next.cut() > tail.from().cut() && tail.keepsTightness(chain, leaf.next.cut()))
				? leaf : null;
	}

	private static @Nullable OpenLeaf inParagraph(Tail tail, Paragraph paragraph, List<OpenContainer> spine,
			BoundedInlineParser inlines) {
		SourceText source = tail.source();
		boolean open = tail.isOpen(paragraph);
		int start = open ? tail.from().cut() : tail.offset(paragraph);
		int end = textEnd(tail, paragraph, start);
		if (start < tail.from().cut() || end <= start || (!open && mayHoldDefinitions(source, start, paragraph))) {
			return null;
		}
		InlineUse use = inlines.useOf(paragraph);
		boolean lineGoesOn = source.lineEnd(end) >= tail.end();
		if (use == null || isUndecided(source, start, end, lineGoesOn)) {
			return null;
		}
		boolean settled = inlines.isBeyondLimits(use) ? !(lineGoesOn && source.mayHoldMath(start, end))
				: SettledInlines.isSettled(paragraph, source, start, end, lineGoesOn);
		return settled ? new OpenLeaf(paragraph, 0, Frontier.inParagraph(end, 0, spine, use)) : null;
	}

	/**
	 * Returns whether the text may belong to a table or to a formula or code that is
	 * open.
	 */
	private static boolean isUndecided(SourceText source, int start, int end, boolean lineGoesOn) {
		int line = source.lineStart(end, start);
		return source.contains('|', line, end) || MathText.isOpen(source.text(), start, end)
				|| (lineGoesOn && !MarkedSpans.areClosed(source.text(), line, end));
	}

	private static int textEnd(Tail tail, Paragraph paragraph, int start) {
		int end = Math.min(tail.endOffset(paragraph), tail.end());
		while (start >= 0 && end > start && tail.source().isBlank(end - 1)) {
			end--;
		}
		return end;
	}

	private static boolean mayHoldDefinitions(SourceText source, int start, Paragraph paragraph) {
		int first = start;
		while (first < source.length() && source.isWhitespace(first)) {
			first++;
		}
		return first == source.length() || source.charAt(first) == '['
				|| paragraph.getPrevious() instanceof LinkReferenceDefinition;
	}

	/**
	 * Finds a cut in fenced code. Blank lines at the end stay after the cut, because the
	 * next line decides whether they loosen a list.
	 */
	private static @Nullable OpenLeaf inFence(Tail tail, FencedCodeBlock code, List<OpenContainer> spine) {
		if (code.getClosingFenceLength() != null) {
			return null;
		}
		SourceText source = tail.source();
		int cut = tail.isOpen(code) ? tail.from().cut() : source.nextLine(tail.offset(code));
		int settledEnd = cut;
		int settledLines = 0;
		int lines = (int) code.getLiteral().chars().filter((c) -> c == '\n').count();
		for (int i = 1; i <= lines; i++) {
			int next = source.nextLine(cut);
			if (!source.isBlankLine(cut)) {
				settledLines = i;
				settledEnd = next;
			}
			cut = next;
		}
		String fence = " ".repeat(code.getFenceIndent()) + code.getFenceCharacter().repeat(code.getOpeningFenceLength())
				+ language(code, settledLines);
		return new OpenLeaf(code, settledLines, Frontier.inFence(settledEnd, 0, spine, fence));
	}

	/** The language to write into the stub, if it decides the meaning of the code. */
	private static String language(FencedCodeBlock code, int lines) {
		if (MarkdownFenceParser.isMarkdown(code)) {
			return MarkdownFenceParser.stub(code, lines);
		}
		return CodeLanguage.isMath(code) ? CodeLanguage.MATH : "";
	}

	private static @Nullable OpenLeaf inTable(Tail tail, TableBlock table, List<OpenContainer> spine) {
		boolean open = tail.isOpen(table);
		boolean joined = spine.isEmpty() && !open && tail.needsParagraph(table);
		if (joined || !(table.getLastChild() instanceof TableBody body)) {
			return null;
		}
		int cut = open ? tail.from().cut() : tail.source().nextLine(tail.source().nextLine(tail.offset(table)));
		for (Node row = body.getFirstChild(); row != null; row = row.getNext()) {
			cut = tail.source().nextLine(cut);
		}
		StringBuilder header = new StringBuilder("|");
		StringBuilder delimiters = new StringBuilder("|");
		Node headerRow = table.getFirstChild().getFirstChild();
		for (Node cell = headerRow.getFirstChild(); cell != null; cell = cell.getNext()) {
			header.append("x|");
			delimiters.append(delimiter(((TableCell) cell).getAlignment())).append('|');
		}
		return new OpenLeaf(table, 0, Frontier.inTable(cut, 0, spine, header.toString(), delimiters.toString()));
	}

	private static String delimiter(TableCell.@Nullable Alignment alignment) {
		if (alignment == null) {
			return "-";
		}
		return switch (alignment) {
			case LEFT -> ":-";
			case CENTER -> ":-:";
			case RIGHT -> "-:";
		};
	}

}
