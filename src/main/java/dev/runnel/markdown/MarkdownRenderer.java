package dev.runnel.markdown;

import java.util.List;

import org.commonmark.parser.Parser;

/**
 * Renders a complete text: answers that are not streamed, stored messages and exports.
 * {@link StreamingMarkdown} creates the same HTML, byte for byte, for the same text.
 * Thread-safe.
 */
public final class MarkdownRenderer {

	/**
	 * A longer text is rendered in slices of at least this length, so that its tree is
	 * not in memory as a whole: a node takes many times the memory of its text.
	 */
	private static final int SLICE = 16 * 1024;

	/**
	 * Finds the place where a text gets too long, so that the text before it is shown.
	 */
	private static final int SHORT_SLICE = 64;

	private static final Parser PARSER = parser(InlineLimits.DIALECT).build();

	private MarkdownRenderer() {
	}

	/**
	 * Renders a text as HTML blocks, each with a line break at its end. If the HTML gets
	 * {@linkplain HtmlBound absurdly long}, or a block {@linkplain TreeBound absurdly
	 * large}, the rest of the text is one plain block.
	 * @param markdown untrusted text; an unpaired surrogate is read as U+FFFD
	 * @return HTML that is safe in a page
	 */
	public static String render(String markdown) {
		if (PlainLine.is(markdown)) {
			return "<p>" + markdown + "</p>\n";
		}
		if (markdown.length() > SLICE) {
			return renderInSlices(markdown, markdown.length());
		}
		try {
			return render(markdown, PARSER, HtmlBound.room(0, markdown.length()));
		}
		catch (HtmlBound.ExceededException ex) {
			return renderInSlices(markdown, 0);
		}
	}

	/**
	 * Renders a text whose numbers such as {@code [1]} name pages.
	 * @param markdown untrusted text; an unpaired surrogate is read as U+FFFD
	 * @param pages the addresses of the numbers, from 1 on; other schemes than those of
	 * links are ignored
	 * @return the HTML of {@link #render(String)}, with links at the numbers
	 */
	public static String render(String markdown, List<String> pages) {
		return NumberedLinks.in(render(markdown), pages);
	}

	/**
	 * Renders a text for a page that no script completes. {@code dir="auto"} places the
	 * bullets, quote bars and first columns on the side that the text of the element
	 * requires. Ids let the references of footnotes lead to their notes, and back.
	 * @param markdown untrusted text; an unpaired surrogate is read as U+FFFD
	 * @param name the beginning of the ids, different for each text of the page; letters,
	 * digits and hyphens
	 * @param pages the addresses of numbers such as {@code [1]}, from 1 on
	 * @return the HTML of {@link #render(String, List)} with these attributes
	 */
	public static String renderForPage(String markdown, String name, List<String> pages) {
		String html = render(markdown, pages).replace("<li>", "<li dir=\"auto\">")
			.replace("<blockquote>", "<blockquote dir=\"auto\">")
			.replace("<table>", "<table dir=\"auto\">");
		return FootnoteLinks.withIds(html, name);
	}

	/**
	 * Renders a text without such numbers for a page that no script completes.
	 * @param markdown untrusted text; an unpaired surrogate is read as U+FFFD
	 * @param name the beginning of the ids
	 * @return the HTML of {@link #renderForPage(String, String, List)}
	 */
	public static String renderForPage(String markdown, String name) {
		return renderForPage(markdown, name, List.of());
	}

	/**
	 * Each slice is at least as long as the open block that the slice before parsed once
	 * more, as far as both may be parsed at once. With slices of one length, a single
	 * long block would take quadratic time.
	 * @param fine the place from which the other slices are short
	 */
	private static String renderInSlices(String markdown, int fine) {
		StreamingMarkdown slices = new StreamingMarkdown();
		int length = (fine > 0) ? SLICE : SHORT_SLICE;
		for (int start = 0, end; start < markdown.length(); start = end) {
			end = Math.min(markdown.length(), start + length);
			long before = slices.parsedCharacters();
			slices.append(markdown.substring(start, end));
			if (slices.isMarkdownEnded() && start < fine) {
				return renderInSlices(markdown, start);
			}
			int parsed = (int) (slices.parsedCharacters() - before);
			int again = parsed - (end - start);
			length = Math.max((end < fine) ? SLICE : SHORT_SLICE,
					TreeBound.room(markdown, Math.max(0, end - parsed), end, again));
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
		return render(markdown, parser, Long.MAX_VALUE);
	}

	private static String render(String markdown, Parser parser, long room) {
		SourceText source = new SourceText();
		source.append(markdown);
		source.finish();
		HtmlEmitter html = new HtmlEmitter(room);
		html.emit(parser.parse(Placeholders.put(source.toString())));
		return html.toString();
	}

}
