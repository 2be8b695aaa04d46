package dev.runnel.markdown;

import org.commonmark.node.CustomNode;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.InlineParserContext;
import org.commonmark.parser.beta.LinkInfo;
import org.commonmark.parser.beta.LinkResult;
import org.commonmark.parser.beta.Scanner;
import org.jspecify.annotations.Nullable;

/**
 * A reference to a {@link Footnote}, which may come later or never. It does not depend on
 * the notes of the text, so a late note changes no earlier text.
 */
final class FootnoteReference extends CustomNode {

	private final String label;

	private FootnoteReference(String label) {
		this.label = label;
	}

	String label() {
		return this.label;
	}

	/**
	 * Makes a reference of {@code [^label]}, unless it is the text of a link with an
	 * address of its own.
	 */
	static @Nullable LinkResult process(LinkInfo link, Scanner scanner, InlineParserContext context) {
		String text = (link.destination() == null) ? text(link.openingBracket().getNext()) : "";
		boolean reference = text.startsWith("^") && Footnote.isLabel(text.substring(1));
		return reference ? LinkResult.replaceWith(new FootnoteReference(text.substring(1)), link.afterTextBracket())
				: LinkResult.none();
	}

	/**
	 * The text of the nodes behind an opening bracket; empty if it cannot be a label. The
	 * nodes are read, because a copy of the source for each bracket would take quadratic
	 * time.
	 */
	private static String text(@Nullable Node first) {
		if (!(first instanceof Text start) || !start.getLiteral().startsWith("^")) {
			return "";
		}
		StringBuilder text = new StringBuilder();
		for (Node node = first; node != null && text.length() <= Footnote.MAX_LABEL_CHARS + 1; node = node.getNext()) {
			if (node instanceof Text part) {
				text.append(part.getLiteral());
			}
			else if (node instanceof DelimiterRun run) {
				text.append(run.text());
			}
			else {
				return "";
			}
		}
		return text.toString();
	}

}
