package dev.runnel.markdown;

import org.commonmark.node.CustomBlock;
import org.commonmark.parser.block.BlockStart;
import org.commonmark.parser.block.MatchedBlockParser;
import org.commonmark.parser.block.ParserState;
import org.jspecify.annotations.Nullable;

/**
 * A line outside of a paragraph that holds only the tag of a line break. By CommonMark it
 * would begin a block of HTML, which takes all lines up to the next blank one.
 */
final class BreakLine extends CustomBlock {

	static @Nullable BlockStart start(ParserState state, MatchedBlockParser matched) {
		CharSequence line = state.getLine().getContent();
		int index = state.getNextNonSpaceIndex();
		if (state.getIndent() >= 4 || index >= line.length() || line.charAt(index) != '<'
				|| state.getActiveBlockParser().canHaveLazyContinuationLines()) {
			return BlockStart.none();
		}
		boolean breaks = HarmlessTag.isBreak(line.subSequence(index, line.length()).toString().strip());
		return breaks ? BlockStart.of(new OneLineParser(new BreakLine())).atIndex(line.length()) : BlockStart.none();
	}

}
