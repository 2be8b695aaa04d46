package dev.runnel.markdown;

import org.commonmark.node.Block;
import org.commonmark.parser.block.AbstractBlockParser;
import org.commonmark.parser.block.BlockContinue;
import org.commonmark.parser.block.BlockStart;
import org.commonmark.parser.block.MatchedBlockParser;
import org.commonmark.parser.block.ParserState;
import org.jspecify.annotations.Nullable;

/**
 * Parses a {@link Footnote}. Further lines belong to it if they are indented by four
 * columns, blank, or continue its paragraph.
 */
final class FootnoteParser extends AbstractBlockParser {

	private static final int INDENT = 4;

	private final Footnote block;

	private FootnoteParser(String label) {
		this.block = new Footnote(label);
	}

	static @Nullable BlockStart start(ParserState state, MatchedBlockParser matched) {
		CharSequence line = state.getLine().getContent();
		int index = state.getNextNonSpaceIndex();
		if (state.getIndent() >= INDENT || index + 1 >= line.length() || line.charAt(index) != '['
				|| line.charAt(index + 1) != '^') {
			return BlockStart.none();
		}
		int start = index + 2;
		int end = start;
		while (end < line.length() && end <= start + Footnote.MAX_LABEL_CHARS && line.charAt(end) != ']') {
			end++;
		}
		boolean marked = end + 1 < line.length() && line.charAt(end) == ']' && line.charAt(end + 1) == ':';
		String label = line.subSequence(start, end).toString();
		return (marked && Footnote.isLabel(label)) ? BlockStart.of(new FootnoteParser(label)).atIndex(end + 2)
				: BlockStart.none();
	}

	@Override
	public Block getBlock() {
		return this.block;
	}

	@Override
	public boolean isContainer() {
		return true;
	}

	@Override
	public boolean canContain(Block child) {
		return true;
	}

	@Override
	public BlockContinue tryContinue(ParserState state) {
		if (state.isBlank()) {
			return BlockContinue.atIndex(state.getNextNonSpaceIndex());
		}
		return (state.getIndent() >= INDENT) ? BlockContinue.atColumn(state.getColumn() + INDENT)
				: BlockContinue.none();
	}

}
