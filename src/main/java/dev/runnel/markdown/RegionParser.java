package dev.runnel.markdown;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

import org.commonmark.node.Block;
import org.commonmark.node.CustomBlock;
import org.commonmark.node.DefinitionMap;
import org.commonmark.node.Node;
import org.commonmark.node.SourceSpan;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.InlineParser;
import org.commonmark.parser.InlineParserContext;
import org.commonmark.parser.Parser;
import org.commonmark.parser.block.BlockStart;
import org.commonmark.parser.block.MatchedBlockParser;
import org.commonmark.parser.block.ParserState;
import org.jspecify.annotations.Nullable;

/**
 * Parses a part of the answer with the definitions of the whole answer, and counts the
 * parsed characters.
 * <p>
 * The library lets block parsers contribute definitions, and keeps the first contributed
 * map as its own. So each text gets an extra first line, the sentinel, whose block
 * contributes the {@link LayeredDefinitions}.
 */
final class RegionParser {

	/**
	 * This is no letter, because the parser does not look for blocks before a letter, and
	 * no character that starts another block.
	 */
	private static final String SENTINEL = "%\n";

	/** A text from this length on is read in parts. */
	private static final int LONG = 4096;

	/**
	 * The tree of a shorter text may stay in memory. Letting it go would cost an eighth
	 * of the work on a usual chunk.
	 */
	private static final int SHORT = 512;

	private final LayeredDefinitions definitions;

	private final DefaultInlineParser defaultInlines = Dialect.inlineParser();

	private final BoundedInlineParser inlines;

	private final Parser parser = Dialect.parser(this::startInlines)
		.includeSourceSpans(IncludeSourceSpans.BLOCKS)
		.customBlockParserFactory(this::startSentinel)
		.build();

	/** The block of the sentinel's line; null until the parser has seen that line. */
	private @Nullable Sentinel sentinel;

	private long parsedCharacters;

	/** The length of the longest text that was parsed since trees were let go. */
	private int longest;

	RegionParser(LayeredDefinitions definitions, InlineLimits limits) {
		this.definitions = definitions;
		this.inlines = new BoundedInlineParser(limits, (lines, block) -> {
			definitions.startBlock(block);
			this.defaultInlines.parse(lines, block);
		});
	}

	/** Starts a document. The library also calls this to check the factory. */
	private InlineParser startInlines(InlineParserContext context) {
		this.defaultInlines.start(context);
		return this.inlines;
	}

	/**
	 * Parses the end of the source. Its definitions become the open layer.
	 * @param from the frontier whose stub reopens the blocks at the start of the text
	 */
	Node parse(Frontier from, String text) {
		this.inlines.start(from.use());
		return parse(from.stub(), text, false);
	}

	/** Parses another part of the source. The open layer does not change. */
	Node parseApart(String text) {
		this.inlines.start(null);
		return parse("", text, true);
	}

	private Node parse(String stub, String text, boolean apart) {
		this.definitions.startParse(apart);
		this.sentinel = null;
		this.parsedCharacters += stub.length() + text.length();
		this.longest = Math.max(this.longest, stub.length() + text.length());
		Node document = parse(Placeholders.put(SENTINEL + stub + text));
		document.getFirstChild().unlink();
		return document;
	}

	private Node parse(String text) {
		if (text.length() < LONG) {
			return this.parser.parse(text);
		}
		try (SpanReader reader = new LongText(text)) {
			return this.parser.parseReader(reader);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Lets go of the last tree, unless it is small. An answer that waits for its next
	 * piece would keep it in memory.
	 */
	void release() {
		if (this.longest < SHORT) {
			return;
		}
		this.longest = 0;
		this.inlines.start(null);
		this.defaultInlines.release();
		this.definitions.release();
		this.sentinel = null;
	}

	/** The inline parser, which knows the use of the last block. */
	BoundedInlineParser inlines() {
		return this.inlines;
	}

	/** The offset of a block in the text; negative for a block in the stub. */
	static int offset(Node block, String stub) {
		return block.getSourceSpans().get(0).getInputIndex() - SENTINEL.length() - stub.length();
	}

	/**
	 * The end of a block in the text, without its last line end; -1 if the parser does
	 * not report it.
	 */
	static int end(Node block, String stub) {
		List<SourceSpan> spans = block.getSourceSpans();
		SourceSpan last = spans.isEmpty() ? null : spans.get(spans.size() - 1);
		return (last == null) ? -1 : last.getInputIndex() + last.getLength() - SENTINEL.length() - stub.length();
	}

	/** The number of characters given to the parser so far, including stubs. */
	long parsedCharacters() {
		return this.parsedCharacters;
	}

	private @Nullable BlockStart startSentinel(ParserState state, MatchedBlockParser matched) {
		if (this.sentinel != null) {
			return BlockStart.none();
		}
		this.sentinel = new Sentinel();
		return BlockStart.of(new SentinelParser(this.sentinel)).atIndex(state.getLine().getContent().length());
	}

	private static final class Sentinel extends CustomBlock {

	}

	private final class LongText extends SpanReader {

		LongText(String text) {
			super(text);
		}

		@Override
		Node document() {
			return Objects.requireNonNull(RegionParser.this.sentinel).getParent();
		}

	}

	private final class SentinelParser extends OneLineParser {

		SentinelParser(Sentinel block) {
			super(block);
		}

		@Override
		public List<DefinitionMap<?>> getDefinitions() {
			return List.of(RegionParser.this.definitions);
		}

	}

}
