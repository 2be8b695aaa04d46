package dev.runnel.markdown;

import java.util.Locale;

import org.commonmark.node.Block;
import org.commonmark.node.CustomBlock;
import org.commonmark.node.ListBlock;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.parser.InlineParser;
import org.commonmark.parser.SourceLine;
import org.commonmark.parser.SourceLines;
import org.commonmark.parser.block.AbstractBlockParser;
import org.commonmark.parser.block.BlockContinue;
import org.commonmark.parser.block.BlockStart;
import org.commonmark.parser.block.MatchedBlockParser;
import org.commonmark.parser.block.ParserState;
import org.jspecify.annotations.Nullable;

/**
 * The line of {@link Details} that a reader always sees.
 */
final class Summary extends CustomBlock {

	private static final String START = "<summary>";

	private static final String END = "</summary>";

	static @Nullable BlockStart start(ParserState state, MatchedBlockParser matched) {
		SourceLine line = state.getLine();
		int index = state.getNextNonSpaceIndex();
		if (!isInDetails(matched.getMatchedBlockParser().getBlock()) || state.getIndent() >= 4
				|| !DetailsParser.startsWith(line.getContent(), index, START)) {
			return BlockStart.none();
		}
		Parser parser = new Parser();
		parser.add(line.substring(index + START.length(), line.getContent().length()));
		return BlockStart.of(parser).atIndex(line.getContent().length());
	}

	/** The line ends a paragraph or a list of the details before it. */
	private static boolean isInDetails(Block matched) {
		Node block = matched;
		while (block instanceof Paragraph || block instanceof ListBlock) {
			block = block.getParent();
		}
		return block instanceof Details;
	}

	private static final class Parser extends AbstractBlockParser {

		private final Summary block = new Summary();

		private final SourceLines lines = SourceLines.empty();

		private boolean closed;

		@Override
		public Block getBlock() {
			return this.block;
		}

		@Override
		public BlockContinue tryContinue(ParserState state) {
			return (this.closed || state.isBlank()) ? BlockContinue.none()
					: BlockContinue.atIndex(state.getNextNonSpaceIndex());
		}

		@Override
		public void addLine(SourceLine line) {
			if (!this.closed) {
				add(line);
			}
		}

		/** Adds a line up to the end tag. The text behind the tag is part of it too. */
		private void add(SourceLine line) {
			String content = line.getContent().toString();
			int end = content.toLowerCase(Locale.ROOT).indexOf(END);
			this.closed = end >= 0;
			String text = this.closed ? content.substring(0, end) + content.substring(end + END.length()) : content;
			if (!text.isBlank()) {
				this.lines.addLine(SourceLine.of(text.strip(), null));
			}
		}

		@Override
		public void parseInlines(InlineParser inlineParser) {
			inlineParser.parse(this.lines, this.block);
		}

	}

}
