package dev.runnel.markdown;

import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.node.Block;
import org.commonmark.node.CustomBlock;
import org.commonmark.node.CustomNode;
import org.commonmark.node.Emphasis;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;

/**
 * The text of Markdown without its marks, for titles. Thread-safe.
 */
public final class PlainText extends AltText {

	private static final Parser PARSER = MarkdownRenderer.parser(InlineLimits.DIALECT).build();

	private PlainText() {
	}

	/**
	 * Removes the marks.
	 * @param markdown untrusted text
	 * @return the text, with a line break after each block
	 */
	public static String of(String markdown) {
		return PlainLine.is(markdown) ? markdown + "\n" : parsed(markdown);
	}

	static String parsed(String markdown) {
		PlainText text = new PlainText();
		PARSER.parse(Placeholders.put(Placeholders.removeFrom(markdown))).accept(text);
		return text.toString();
	}

	@Override
	public void visit(Paragraph node) {
		visitLine(node);
	}

	@Override
	public void visit(Heading node) {
		visitLine(node);
	}

	@Override
	public void visit(FencedCodeBlock node) {
		append(node.getLiteral());
	}

	@Override
	public void visit(IndentedCodeBlock node) {
		append(node.getLiteral());
	}

	@Override
	public void visit(HtmlBlock node) {
		append(node.getLiteral() + "\n");
	}

	@Override
	public void visit(HtmlInline node) {
		append(HarmlessTag.isBreak(node.getLiteral()) ? " " : node.getLiteral());
	}

	/** Keeps the marks of emphasis inside a word: in a title, 2*3*4 is a product. */
	@Override
	public void visit(Emphasis node) {
		String mark = isInsideWord(node) ? node.getOpeningDelimiter() : "";
		append(mark);
		visitChildren(node);
		append(mark);
	}

	private static boolean isInsideWord(Node node) {
		return node.getPrevious() instanceof Text text && !text.getLiteral().isEmpty()
				&& Character.isLetterOrDigit(text.getLiteral().charAt(text.getLiteral().length() - 1));
	}

	@Override
	public void visit(CustomBlock node) {
		visitChildren(node);
		if (node instanceof MathBlock math) {
			append(math.tex() + "\n");
		}
		else if (node instanceof RefusedLine line) {
			append(line.text() + "\n");
		}
		else if (node instanceof Summary) {
			append("\n");
		}
	}

	@Override
	public void visit(CustomNode node) {
		visitChildren(node);
		if (node instanceof MathInline math) {
			append(math.tex());
		}
		else if (node instanceof TableCell || node instanceof TableRow) {
			append((node instanceof TableCell) ? " " : "\n");
		}
	}

	private void visitLine(Block node) {
		visitChildren(node);
		append("\n");
	}

}
