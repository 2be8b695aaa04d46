package dev.runnel.markdown;

import org.commonmark.parser.block.BlockStart;
import org.commonmark.parser.block.MatchedBlockParser;
import org.commonmark.parser.block.ParserState;
import org.jspecify.annotations.Nullable;

/**
 * Refuses the delimiter row of a table that is too wide. Every row of a table is filled
 * up to its width, so two characters of source could create any number of cells.
 */
final class RefusedRow {

	/** The maximum number of columns, more than any answer needs. */
	static final int MAX_COLUMNS = 50;

	private RefusedRow() {
	}

	/**
	 * Refuses a row that is too wide. It must be asked before the parser of tables. It
	 * refuses the row in any place, because a block must be read the same with and
	 * without the block before it.
	 */
	static @Nullable BlockStart start(ParserState state, MatchedBlockParser matched) {
		CharSequence line = state.getLine().getContent();
		if ("|:-".indexOf(line.charAt(state.getNextNonSpaceIndex())) < 0) {
			return BlockStart.none();
		}
		String row = line.subSequence(state.getIndex(), line.length()).toString();
		boolean delimiters = row.chars().allMatch((c) -> "|:- \t".indexOf(c) >= 0);
		boolean wide = delimiters && row.chars().filter((c) -> c == '|').count() > MAX_COLUMNS + 1;
		return wide ? RefusedLine.start(state) : BlockStart.none();
	}

}
