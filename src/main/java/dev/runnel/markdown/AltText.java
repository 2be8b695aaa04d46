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
final class AltText extends AbstractVisitor {

	private final StringBuilder text = new StringBuilder();

	private AltText() {
	}

	static String of(Image image) {
		AltText visitor = new AltText();
		visitor.visitChildren(image);
		return visitor.text.toString();
	}

	@Override
	public void visit(Text node) {
		this.text.append(node.getLiteral());
	}

	@Override
	public void visit(Code node) {
		this.text.append(node.getLiteral());
	}

	@Override
	public void visit(SoftLineBreak node) {
		this.text.append('\n');
	}

	@Override
	public void visit(HardLineBreak node) {
		this.text.append('\n');
	}

}
