package dev.runnel.markdown;

import org.commonmark.node.Node;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/**
 * The approach of most streaming renderers: keep the complete top-level blocks and parse
 * the last one again. For comparison only; it does not resolve late definitions.
 */
final class TopLevelBlocks {

	private static final Parser PARSER = MarkdownRenderer.parser(InlineLimits.DIALECT)
		.includeSourceSpans(IncludeSourceSpans.BLOCKS)
		.build();

	private final StringBuilder open = new StringBuilder();

	private final StringBuilder finished = new StringBuilder();

	String append(String piece) {
		this.open.append(piece);
		Node document = PARSER.parse(this.open.toString());
		Marks marks = new Marks();
		HtmlEmitter emitter = new HtmlEmitter(marks, java.util.List.of(), (char) 0, Long.MAX_VALUE);
		emitter.emit(document);
		String html = emitter.toString();
		int last = marks.topLevel.size() - 1;
		if (last > 0 && piece.indexOf('\n') >= 0) {
			this.finished.append(html, 0, marks.topLevel.get(last));
			this.open.delete(0, marks.topLevelNodes.get(last).getSourceSpans().get(0).getInputIndex());
		}
		return html;
	}

}
