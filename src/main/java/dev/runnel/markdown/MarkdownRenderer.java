package dev.runnel.markdown;

import org.commonmark.parser.Parser;

/**
 * Renders a complete text: answers that are not streamed, stored messages and exports.
 * {@link StreamingMarkdown} creates the same HTML, byte for byte, for the same text.
 * Thread-safe.
 */
public final class MarkdownRenderer {

	/**
	 * A longer text is rendered in slices of this length, so that its tree is never in
	 * memory as a whole: a node takes many times the memory of its text.
	 */
	private static final int SLICE = 16 * 1024;

	private static final Parser PARSER = parser(InlineLimits.DIALECT).build();

	private MarkdownRenderer() {
	}

	/**
	 * Renders a text as HTML blocks, each with a line break at its end. If the HTML gets
	 * {@linkplain HtmlBound absurdly long}, the rest of the text is one plain block.
	 * @param markdown untrusted text; an unpaired surrogate is read as U+FFFD
	 * @return HTML that is safe in a page
	 */
	public static String render(String markdown) {
		return (markdown.length() <= SLICE) ? renderAtOnce(markdown) : renderInSlices(markdown);
	}

	private static String renderInSlices(String markdown) {
		StreamingMarkdown slices = new StreamingMarkdown();
		for (int start = 0; start < markdown.length(); start += SLICE) {
			slices.append(markdown.substring(start, Math.min(markdown.length(), start + SLICE)));
		}
		slices.finish();
		return slices.html();
	}

	/**
	 * Renders a text from a single tree, of any length.
	 */
	static String renderAtOnce(String markdown) {
		return render(markdown, PARSER);
	}

	/**
	 * Creates a parser for complete texts.
	 */
	static Parser.Builder parser(InlineLimits limits) {
		return Dialect.parser((context) -> {
			DefaultInlineParser inlines = Dialect.inlineParser();
			inlines.start(context);
			return new BoundedInlineParser(limits, inlines);
		});
	}

	static String render(String markdown, Parser parser) {
		SourceText source = new SourceText();
		source.append(markdown);
		source.finish();
		HtmlEmitter html = new HtmlEmitter();
		html.emit(parser.parse(source.toString()));
		return html.toString();
	}

}
