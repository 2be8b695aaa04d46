package dev.runnel.markdown;

import org.commonmark.ext.task.list.items.TaskListItemMarker;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.CustomNode;
import org.commonmark.node.Emphasis;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;
import org.jspecify.annotations.Nullable;

/**
 * Writes inline nodes as HTML.
 */
abstract class InlineEmitter extends AbstractVisitor {

	/** The HTML so far. */
	final StringBuilder out = new StringBuilder();

	/** The nodes whose offsets are recorded. */
	final Marks marks;

	/** The longest HTML to write, in UTF-16 units. */
	private final long room;

	InlineEmitter(Marks marks, long room) {
		this.marks = marks;
		this.room = room;
	}

	/**
	 * Stops if the HTML is too long. It is called where a few characters can become any
	 * amount of HTML.
	 * @throws HtmlBound.ExceededException if so
	 */
	final void checkLength() {
		if (this.out.length() > this.room) {
			throw new HtmlBound.ExceededException();
		}
	}

	@Override
	public void visit(CustomNode node) {
		if (node instanceof Strike) {
			wrap("del", node);
		}
		else if (node instanceof HarmlessElement element) {
			wrap(element.name(), element);
		}
		else if (node instanceof MathInline math) {
			this.out.append(math.isDisplay() ? "<span class=\"math display\">" : "<span class=\"math\">");
			Escape.append(this.out, math.tex());
			this.out.append("</span>");
		}
		else if (node instanceof FootnoteReference reference) {
			int number = this.marks.notes.of(reference.label(), this.out.length());
			this.out.append(FootnoteLinks.REFERENCE);
			FootnoteLinks.append(this.out, FootnoteLinks.TO_NOTE, number);
			this.out.append("</sup>");
		}
		else if (node instanceof InlineEnd) {
			this.out.append("<span class=\"markup-end\"></span>");
		}
		else if (node instanceof TaskListItemMarker marker) {
			this.out.append("<input type=\"checkbox\" disabled=\"\"")
				.append(marker.isChecked() ? " checked=\"\" aria-label=\"Done\"> " : " aria-label=\"To do\"> ");
		}
	}

	private void wrap(String tag, Node node) {
		this.out.append('<').append(tag).append('>');
		visitChildren(node);
		this.out.append("</").append(tag).append('>');
	}

	@Override
	public void visit(Text text) {
		Escape.append(this.out, text.getLiteral());
		this.marks.text(text, this.out.length());
	}

	@Override
	public void visit(Emphasis emphasis) {
		wrap("em", emphasis);
	}

	@Override
	public void visit(StrongEmphasis strong) {
		wrap("strong", strong);
	}

	@Override
	public void visit(Code code) {
		this.out.append("<code>");
		Escape.append(this.out, code.getLiteral());
		this.out.append("</code>");
	}

	@Override
	public void visit(HtmlInline html) {
		if (HarmlessTag.isBreak(html.getLiteral())) {
			this.out.append("<br />\n");
		}
		else {
			Escape.append(this.out, html.getLiteral());
		}
	}

	/**
	 * Writes the line feed of CommonMark, unless the tag of a line break has just ended
	 * the line.
	 */
	@Override
	public void visit(SoftLineBreak lineBreak) {
		line();
	}

	/** Starts a new line, unless the output is at the start of one. */
	abstract void line();

	@Override
	public void visit(HardLineBreak lineBreak) {
		this.out.append("<br />\n");
	}

	@Override
	public void visit(Link link) {
		openLink(link.getDestination(), link.getTitle());
		visitChildren(link);
		this.out.append("</a>");
	}

	private void openLink(String destination, @Nullable String title) {
		checkLength();
		this.out.append("<a");
		String href = LinkPolicy.href(destination);
		if (href != null) {
			attribute("href", href);
		}
		if (title != null) {
			attribute("title", title);
		}
		if (href != null) {
			this.out.append(" target=\"_blank\" rel=\"noopener noreferrer nofollow\"");
		}
		this.out.append('>');
	}

	final void attribute(String name, String value) {
		this.out.append(' ').append(name).append("=\"");
		Escape.append(this.out, value);
		this.out.append('"');
	}

	/**
	 * Writes an image as a link. An image would load without a click: from another host,
	 * which would learn about the reader, or from this host with the reader's own rights.
	 */
	@Override
	public void visit(Image image) {
		String description = AltText.of(image);
		openLink(image.getDestination(), image.getTitle());
		Escape.append(this.out, description.isBlank() ? image.getDestination() : description);
		this.out.append("</a>");
	}

	@Override
	public String toString() {
		return this.out.toString();
	}

}
