package dev.runnel.markdown;

import org.commonmark.node.CustomBlock;
import org.commonmark.parser.block.BlockStart;
import org.commonmark.parser.block.ParserState;

/**
 * The rest of a line that a bound of the dialect keeps from its meaning, shown as text.
 */
final class RefusedLine extends CustomBlock {

	private final String text;

	private RefusedLine(String text) {
		this.text = text;
	}

	/** Takes the rest of the current line. */
	static BlockStart start(ParserState state) {
		CharSequence line = state.getLine().getContent();
		String text = line.subSequence(state.getIndex(), line.length()).toString().strip();
		return BlockStart.of(new OneLineParser(new RefusedLine(text))).atIndex(line.length());
	}

	String text() {
		return this.text;
	}

}
