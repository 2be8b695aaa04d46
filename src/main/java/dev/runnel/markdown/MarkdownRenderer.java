package dev.runnel.markdown;

import org.commonmark.parser.Parser;

/**
 * Renders a whole text at once, for answers that are not streamed, stored messages and
 * exports. {@link StreamingMarkdown} gives the same HTML, byte for byte, for the same
 * text. Safe for use by several threads.
 */
public final class MarkdownRenderer {

	private static final Parser PARSER = parser(InlineLimits.DIALECT).build();

	private MarkdownRenderer() {
	}

	/**
	 * The HTML of a text: blocks, each ending in a line break.
	 * @param markdown untrusted text; an unpaired surrogate is read as U+FFFD
	 * @return HTML that is safe to put into a page
	 */
	public static String render(String markdown) {
		return render(markdown, PARSER);
	}

	/**
	 * Makes a parser for whole texts.
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
