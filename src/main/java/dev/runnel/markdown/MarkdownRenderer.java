package dev.runnel.markdown;

import org.commonmark.parser.Parser;

/**
 * Renders a complete text: answers that are not streamed, stored messages and exports.
 * {@link StreamingMarkdown} creates the same HTML, byte for byte, for the same text.
 * Thread-safe.
 */
public final class MarkdownRenderer {

	private static final Parser PARSER = parser(InlineLimits.DIALECT).build();

	private MarkdownRenderer() {
	}

	/**
	 * Renders a text as HTML blocks, each with a line break at its end.
	 * @param markdown untrusted text; an unpaired surrogate is read as U+FFFD
	 * @return HTML that is safe in a page
	 */
	public static String render(String markdown) {
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
