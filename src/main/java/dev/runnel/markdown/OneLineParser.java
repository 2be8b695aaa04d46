package dev.runnel.markdown;

import org.commonmark.node.Block;
import org.commonmark.parser.block.AbstractBlockParser;
import org.commonmark.parser.block.BlockContinue;
import org.commonmark.parser.block.ParserState;

/**
 * Parses a block of one line. The line is read when the block starts.
 */
class OneLineParser extends AbstractBlockParser {

	private final Block block;

	OneLineParser(Block block) {
		this.block = block;
	}

	@Override
	public Block getBlock() {
		return this.block;
	}

	@Override
	public BlockContinue tryContinue(ParserState state) {
		return BlockContinue.none();
	}

}
