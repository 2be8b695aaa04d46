package dev.runnel.markdown;

import java.util.List;
import java.util.Locale;

import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableBody;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableHead;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.node.Block;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.BulletList;
import org.commonmark.node.CustomBlock;
import org.commonmark.node.CustomNode;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.LinkReferenceDefinition;
import org.commonmark.node.ListBlock;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.Text;
import org.commonmark.node.ThematicBreak;
import org.jspecify.annotations.Nullable;

/**
 * Writes a parsed tree as HTML. It is safe by construction: the output has only the
 * elements and attributes of this class and of {@link InlineEmitter}, and all text goes
 * through {@link Escape}. The layout of the HTML (line breaks between blocks) follows the
 * examples of the CommonMark specification.
 * <p>
 * A tree may continue HTML that was written before. Its <em>path</em> then names the
 * nodes whose start tags are already written, outermost first, and only the rest of them
 * is written. Meanwhile the emitter records the offsets that its {@link Marks} ask for.
 */
final class HtmlEmitter extends InlineEmitter {

	private final List<? extends Node> path;

	/** The last character of the HTML before this one; 0 if there is none. */
	private final char before;

	HtmlEmitter(long room) {
		this(new Marks(), List.of(), (char) 0, room);
	}

	/**
	 * Creates an emitter.
	 * @param marks records offsets
	 * @param path the nodes whose start tags are already written
	 * @param before the last character of the HTML before this one; 0 if there is none
	 * @param room the longest HTML to write, in UTF-16 units
	 */
	HtmlEmitter(Marks marks, List<? extends Node> path, char before, long room) {
		super(marks, room);
		this.path = path;
		this.before = before;
	}

	/**
	 * Writes a whole document.
	 */
	void emit(Node document) {
		for (Node block = document.getFirstChild(); block != null; block = block.getNext()) {
			if (!(block instanceof LinkReferenceDefinition)) {
				if (this.path.isEmpty() || block != this.path.get(0)) {
					line();
				}
				this.marks.startTopLevel(block, this.out.length());
				emit(block, 0);
			}
		}
	}

	/** Writes a node. For the node of the path at this depth, writes only its rest. */
	private void emit(Node node, int depth) {
		if (depth >= this.path.size() || node != this.path.get(depth)) {
			this.marks.startBlock(node, this.out.length());
			node.accept(this);
		}
		else if (node instanceof Paragraph paragraph) {
			continueParagraph(paragraph);
		}
		else if (node instanceof FencedCodeBlock code) {
			codeText(code, code.getLiteral());
		}
		else if (node instanceof TableBlock table) {
			rows(table.getFirstChild().getNext());
			closeBody(table);
		}
		else {
			for (Node child = node.getFirstChild(); child != null; child = child.getNext()) {
				emit(child, depth + 1);
			}
			close((Block) node);
		}
	}

	/** Continues a paragraph. The stub's one character, which opened it, is removed. */
	private void continueParagraph(Paragraph paragraph) {
		Text first = (Text) paragraph.getFirstChild();
		first.setLiteral(first.getLiteral().substring(1));
		visitChildren(paragraph);
		closeParagraph(paragraph);
	}

	private void close(Block container) {
		if (container instanceof ListItem) {
			this.out.append("</li>\n");
			return;
		}
		line();
		if (container instanceof BlockQuote) {
			this.out.append("</blockquote>\n");
		}
		else if (container instanceof Details) {
			this.out.append("</details>\n");
		}
		else if (container instanceof Footnote) {
			this.out.append("</div>\n");
		}
		else {
			this.out.append((container instanceof OrderedList) ? "</ol>\n" : "</ul>\n");
		}
	}

	@Override
	void line() {
		char last = this.out.isEmpty() ? this.before : this.out.charAt(this.out.length() - 1);
		if (last != 0 && last != '\n') {
			this.out.append('\n');
		}
	}

	@Override
	protected void visitChildren(Node parent) {
		for (Node node = parent.getFirstChild(); node != null; node = node.getNext()) {
			if (node instanceof Block) {
				this.marks.startBlock(node, this.out.length());
			}
			node.accept(this);
		}
	}

	// Blocks

	@Override
	public void visit(BlockQuote quote) {
		line();
		this.out.append("<blockquote>\n");
		visitChildren(quote);
		close(quote);
	}

	@Override
	public void visit(BulletList list) {
		line();
		this.out.append("<ul>\n");
		visitChildren(list);
		close(list);
	}

	@Override
	public void visit(OrderedList list) {
		line();
		Integer start = list.getMarkerStartNumber();
		if (start == null || start == 1) {
			this.out.append("<ol>\n");
		}
		else {
			this.out.append("<ol start=\"").append(start.intValue()).append("\">\n");
		}
		visitChildren(list);
		close(list);
	}

	@Override
	public void visit(ListItem item) {
		this.out.append("<li>");
		visitChildren(item);
		close(item);
	}

	@Override
	public void visit(Paragraph paragraph) {
		if (!isTight(paragraph)) {
			line();
			this.out.append("<p>");
		}
		visitChildren(paragraph);
		closeParagraph(paragraph);
	}

	private void closeParagraph(Paragraph paragraph) {
		this.marks.contentEnd(paragraph, this.out.length());
		if (!isTight(paragraph)) {
			this.out.append("</p>\n");
		}
	}

	/** Paragraphs in a tight list are written without tags. */
	private static boolean isTight(Paragraph paragraph) {
		return paragraph.getParent() instanceof ListItem item && item.getParent() instanceof ListBlock list
				&& list.isTight();
	}

	@Override
	public void visit(Heading heading) {
		line();
		this.out.append("<h").append(heading.getLevel()).append('>');
		visitChildren(heading);
		this.out.append("</h").append(heading.getLevel()).append(">\n");
	}

	@Override
	public void visit(ThematicBreak rule) {
		line();
		this.out.append("<hr />\n");
	}

	@Override
	public void visit(FencedCodeBlock code) {
		line();
		String language = CodeLanguage.of(code.getInfo());
		if (CodeLanguage.isMath(code)) {
			this.out.append("<div class=\"math\">");
		}
		else if (language == null) {
			this.out.append("<pre><code>");
		}
		else {
			this.out.append("<pre><code class=\"language-").append(language).append("\">");
		}
		codeText(code, code.getLiteral());
	}

	@Override
	public void visit(IndentedCodeBlock code) {
		line();
		this.out.append("<pre><code>");
		codeText(code, code.getLiteral());
	}

	private void codeText(Block code, String literal) {
		int settled = this.marks.settledLength(code, literal);
		Escape.append(this.out, literal, 0, settled);
		this.marks.contentEnd(code, this.out.length());
		Escape.append(this.out, literal, settled, literal.length());
		this.marks.codeEnd(this.out.length());
		boolean math = code instanceof FencedCodeBlock fenced && CodeLanguage.isMath(fenced);
		this.out.append(math ? "</div>\n" : "</code></pre>\n");
	}

	@Override
	public void visit(HtmlBlock html) {
		plain(html.getLiteral());
	}

	private void plain(String text) {
		line();
		this.out.append("<p>");
		Escape.append(this.out, text);
		this.out.append("</p>\n");
	}

	@Override
	public void visit(LinkReferenceDefinition definition) {
		// a definition has no HTML
	}

	@Override
	public void visit(CustomBlock block) {
		if (block instanceof TableBlock table) {
			table(table);
		}
		else if (block instanceof Footnote note) {
			note(note);
		}
		else if (block instanceof BreakLine) {
			line();
			this.out.append("<p><br />\n</p>\n");
		}
		else if (block instanceof RefusedLine line) {
			plain(line.text());
		}
		else if (block instanceof Details || block instanceof Summary) {
			folded(block);
		}
		else if (block instanceof MathBlock math) {
			line();
			this.out.append("<div class=\"math\">");
			Escape.append(this.out, math.tex());
			this.out.append("</div>\n");
		}
	}

	private void folded(CustomBlock block) {
		line();
		if (block instanceof Details details) {
			this.out.append("<details>\n");
			visitChildren(details);
			close(details);
		}
		else {
			this.out.append("<summary>");
			visitChildren(block);
			this.out.append("</summary>\n");
		}
	}

	private void table(TableBlock table) {
		line();
		this.out.append("<table>\n");
		visitChildren(table);
		if (table.getLastChild() instanceof TableBody) {
			closeBody(table);
		}
		else {
			this.out.append("</table>\n");
		}
	}

	/** A note stands where it was written. Models write their notes at the end. */
	private void note(Footnote note) {
		line();
		int number = this.marks.notes.of(note.label(), this.out.length());
		this.out.append(FootnoteLinks.NOTE);
		FootnoteLinks.append(this.out, FootnoteLinks.TO_REFERENCE, number);
		this.out.append("</sup>\n");
		visitChildren(note);
		close(note);
	}

	private void closeBody(TableBlock table) {
		this.marks.contentEnd(table, this.out.length());
		this.out.append("</tbody>\n</table>\n");
	}

	@Override
	public void visit(CustomNode node) {
		if (node instanceof TableHead head) {
			this.out.append("<thead>\n");
			row((TableRow) head.getFirstChild());
			this.out.append("</thead>\n");
		}
		else if (node instanceof TableBody) {
			this.out.append("<tbody>\n");
			rows(node);
		}
		else {
			super.visit(node);
		}
	}

	/** Writes rows. The end tag of the body is written with that of the table. */
	private void rows(@Nullable Node body) {
		if (body != null) {
			for (Node row = body.getFirstChild(); row != null; row = row.getNext()) {
				row((TableRow) row);
			}
		}
	}

	private void row(TableRow row) {
		this.out.append("<tr>\n");
		for (Node cell = row.getFirstChild(); cell != null; cell = cell.getNext()) {
			cell((TableCell) cell);
		}
		this.out.append("</tr>\n");
	}

	private void cell(TableCell cell) {
		checkLength();
		String tag = cell.isHeader() ? "th" : "td";
		this.out.append('<').append(tag);
		if (cell.getAlignment() != null) {
			attribute("align", cell.getAlignment().name().toLowerCase(Locale.ROOT));
		}
		this.out.append('>');
		visitChildren(cell);
		this.out.append("</").append(tag).append(">\n");
	}

}
