package dev.runnel.markdown;

import java.util.List;

import org.commonmark.node.Block;
import org.commonmark.node.CustomBlock;
import org.commonmark.node.DefinitionMap;
import org.commonmark.node.Node;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.InlineParser;
import org.commonmark.parser.InlineParserContext;
import org.commonmark.parser.Parser;
import org.commonmark.parser.block.AbstractBlockParser;
import org.commonmark.parser.block.BlockContinue;
import org.commonmark.parser.block.BlockStart;
import org.commonmark.parser.block.MatchedBlockParser;
import org.commonmark.parser.block.ParserState;
import org.jspecify.annotations.Nullable;

/**
 * Parses a part of the answer with the definitions of all of it, and counts the
 * characters that this takes.
 * <p>
 * The parser lets block parsers contribute definitions, and keeps the first contributed
 * map as its own. So each text gets a first line, the sentinel, whose block contributes
 * the {@link LayeredDefinitions}.
 */
final class RegionParser {

	/**
	 * No letter, since the parser looks for no block before one, and nothing that another
	 * block starts with.
	 */
	private static final String SENTINEL = "%\n";

	private final LayeredDefinitions definitions;

	private final DefaultInlineParser defaultInlines = Dialect.inlineParser();

	private final BoundedInlineParser inlines;

	private final Parser parser = Dialect.parser(this::startInlines)
		.includeSourceSpans(IncludeSourceSpans.BLOCKS)
		.customBlockParserFactory(this::startSentinel)
		.build();

	/** Whether the parser has not seen the sentinel's line yet. */
	private boolean atStart;

	private long parsedCharacters;

	RegionParser(LayeredDefinitions definitions, InlineLimits limits) {
		this.definitions = definitions;
		this.inlines = new BoundedInlineParser(limits, this.defaultInlines);
	}

	/**
	 * Called by the parser for each document; also when it is built, to check itself.
	 */
	private InlineParser startInlines(InlineParserContext context) {
		this.defaultInlines.start(context);
		return this.inlines;
	}

	/**
	 * Parses the end of the source: its definitions become the open layer.
	 * @param from what re-opens the blocks that are open where the text starts
	 */
	Node parse(Frontier from, String text) {
		this.inlines.start(from.use());
		return parse(from.stub(), text, false);
	}

	/**
	 * Parses another part of the source; the open layer stays.
	 */
	Node parseApart(String text) {
		this.inlines.start(null);
		return parse("", text, true);
	}

	private Node parse(String stub, String text, boolean apart) {
		this.definitions.startParse(apart);
		this.atStart = true;
		this.parsedCharacters += stub.length() + text.length();
		Node document = this.parser.parse(SENTINEL + stub + text);
		document.getFirstChild().unlink();
		return document;
	}

	/**
	 * Counts what the blocks of the last document have used.
	 */
	BoundedInlineParser inlines() {
		return this.inlines;
	}

	/**
	 * Where in the text a block starts; negative when in the stub.
	 */
	static int offset(Node block, String stub) {
		return block.getSourceSpans().get(0).getInputIndex() - SENTINEL.length() - stub.length();
	}

	/**
	 * Where in the text a block ends, without its last line end; -1 where the parser does
	 * not say.
	 */
	static int end(Node block, String stub) {
		int last = block.getSourceSpans().size() - 1;
		return (last < 0) ? -1 : block.getSourceSpans().get(last).getInputIndex()
				+ block.getSourceSpans().get(last).getLength() - SENTINEL.length() - stub.length();
	}

	/**
	 * Characters handed to the parser so far, stubs included.
	 */
	long parsedCharacters() {
		return this.parsedCharacters;
	}

	private @Nullable BlockStart startSentinel(ParserState state, MatchedBlockParser matched) {
		if (!this.atStart) {
			return BlockStart.none();
		}
		this.atStart = false;
		return BlockStart.of(new SentinelParser()).atIndex(state.getLine().getContent().length());
	}

	private static final class Sentinel extends CustomBlock {

	}

	private final class SentinelParser extends AbstractBlockParser {

		private final Sentinel block = new Sentinel();

		@Override
		public Block getBlock() {
			return this.block;
		}

		@Override
		public BlockContinue tryContinue(ParserState state) {
			return BlockContinue.none();
		}

		@Override
		public List<DefinitionMap<?>> getDefinitions() {
			return List.of(RegionParser.this.definitions);
		}

	}

}
