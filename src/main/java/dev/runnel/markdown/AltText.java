package dev.runnel.markdown;

import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Image;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;

/**
 * The plain text of an image description.
 */
class AltText extends AbstractVisitor {

	private final StringBuilder text = new StringBuilder();

	static String of(Image image) {
		AltText visitor = new AltText();
		visitor.visitChildren(image);
		return visitor.toString();
	}

	final void append(String more) {
		this.text.append(Placeholders.restore(more));
	}

	@Override
	public void visit(Text node) {
		append(node.getLiteral());
	}

	@Override
	public void visit(Code node) {
		append(node.getLiteral());
	}

	@Override
	public void visit(SoftLineBreak node) {
		append("\n");
	}

	@Override
	public void visit(HardLineBreak node) {
		append("\n");
	}

	@Override
	public String toString() {
		return this.text.toString();
	}

}
