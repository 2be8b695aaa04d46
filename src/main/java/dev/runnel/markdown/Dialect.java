package dev.runnel.markdown;

import java.util.List;

import org.commonmark.Extension;
import org.commonmark.ext.autolink.AutolinkExtension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.task.list.items.TaskListItemsExtension;
import org.commonmark.parser.InlineParserFactory;
import org.commonmark.parser.Parser;

/**
 * The Markdown that Runnel understands: CommonMark 0.31.2 with its CJK-friendly
 * amendments, GFM tables, strikethrough, task lists and autolinks, TeX, footnotes, and a
 * few harmless HTML elements. All parsers of this package are built here, so that
 * streamed and complete texts are parsed in the same way.
 */
final class Dialect {

	/**
	 * The maximum number of cells is switched off, because the extension throws an
	 * exception above it. {@link RefusedRow} limits tables instead.
	 */
	private static final List<Extension> EXTENSIONS = List.of(TablesExtension.builder().maxCells(null).build(),
			AutolinkExtension.create(), TaskListItemsExtension.create());

	/**
	 * Hands out inline parsers without limits.
	 */
	private static final Parser INLINES = DefaultInlineParser.handing(builder());

	private Dialect() {
	}

	static DefaultInlineParser inlineParser() {
		return new DefaultInlineParser(INLINES);
	}

	/**
	 * Creates a parser with a given inline parser.
	 * @param inlines creates the inline parser of a document
	 */
	static Parser.Builder parser(InlineParserFactory inlines) {
		return builder().inlineParserFactory(inlines);
	}

	private static Parser.Builder builder() {
		return Parser.builder()
			.customBlockParserFactory(DeepLine::start)
			.customBlockParserFactory(RefusedRow::start)
			.extensions(EXTENSIONS)
			.customBlockParserFactory(MarkdownFenceParser::start)
			.customBlockParserFactory(MathBlockParser::start)
			.customBlockParserFactory(DetailsParser::start)
			.customBlockParserFactory(Summary::start)
			.customBlockParserFactory(BreakLine::start)
			.customBlockParserFactory(FootnoteParser::start)
			.linkProcessor(FootnoteReference::process)
			.customInlineContentParserFactory(new DelimiterRunParser.Factory())
			.customInlineContentParserFactory(new MathInlineParser.Factory());
	}

}
