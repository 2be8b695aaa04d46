package dev.runnel.markdown;

import java.io.Reader;
import java.util.List;

import org.commonmark.node.Node;
import org.commonmark.node.SourceSpan;

/**
 * Gives the parser a text in small parts, and meanwhile drops the positions that nothing
 * needs. The parser notes the position of every line in each container around it, so a
 * long text in deep containers would take a thousand times its memory. Only the first
 * position of a container is used.
 */
abstract class SpanReader extends Reader {

	/** Few lines, whose positions take little memory. */
	private static final int PART = 512;

	private final String text;

	private int next;

	SpanReader(String text) {
		this.text = text;
	}

	/** The document as far as it is parsed. */
	abstract Node document();

	@Override
	public int read(char[] buffer, int offset, int length) {
		if (this.next == this.text.length()) {
			return -1;
		}
		if (this.next > 0) {
			dropSpans(document());
		}
		int end = Math.min(this.text.length(), this.next + Math.min(PART, length));
		int count = end - this.next;
		this.text.getChars(this.next, end, buffer, offset);
		this.next = end;
		return count;
	}

	private static void dropSpans(Node document) {
		Node node = document.getLastChild();
		while (node != null && OpenContainer.is(node)) {
			List<SourceSpan> spans = node.getSourceSpans();
			if (spans.size() > 1) {
				node.setSourceSpans(spans.subList(0, 1));
			}
			node = node.getLastChild();
		}
	}

	@Override
	public void close() {
	}

}
