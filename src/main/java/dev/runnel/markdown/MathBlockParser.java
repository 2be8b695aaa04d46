package dev.runnel.markdown;

import org.commonmark.node.Block;
import org.commonmark.parser.SourceLine;
import org.commonmark.parser.block.AbstractBlockParser;
import org.commonmark.parser.block.BlockContinue;
import org.commonmark.parser.block.BlockStart;
import org.commonmark.parser.block.MatchedBlockParser;
import org.commonmark.parser.block.ParserState;
import org.jspecify.annotations.Nullable;

/**
 * Parses display math: a line {@code $$} or {@code \[}, lines of TeX, and a line that
 * ends in {@code $$} or {@code \]}; or all of it on one line. A blank line ends the block
 * too, because TeX allows none in display math. So a marker that was meant as text does
 * not swallow the rest of the answer.
 */
final class MathBlockParser extends AbstractBlockParser {

	private final MathBlock block = new MathBlock();

	private final String closer;

	private boolean opened;

	private boolean closed;

	private MathBlockParser(String closer) {
		this.closer = closer;
	}

	static @Nullable BlockStart start(ParserState state, MatchedBlockParser matched) {
		String line = state.getLine().getContent().toString();
		String text = line.substring(state.getNextNonSpaceIndex()).strip();
		String closer = text.startsWith("$$") ? "$$" : text.startsWith("\\[") ? "\\]" : "";
		if (closer.isEmpty() || state.getIndent() >= 4) {
			return BlockStart.none();
		}
		MathBlockParser parser = new MathBlockParser(closer);
		if (text.length() > 2) {
			if (!isWhole(text, closer)) {
				return BlockStart.none();
			}
			parser.block.addLine(text.substring(2, text.length() - 2).strip());
			parser.closed = true;
		}
		return BlockStart.of(parser).atIndex(line.length());
	}

	private static boolean isWhole(String text, String closer) {
		return text.length() > 4 && text.indexOf(closer, 2) == text.length() - 2
				&& MathInlineParser.hasSubstance(text.substring(2, text.length() - 2));
	}

	@Override
	public Block getBlock() {
		return this.block;
	}

	@Override
	public BlockContinue tryContinue(ParserState state) {
		return (this.closed || state.isBlank()) ? BlockContinue.none() : BlockContinue.atIndex(state.getIndex());
	}

	/**
	 * Adds a line of TeX. The first call brings the rest of the opening line, which is
	 * empty.
	 */
	@Override
	public void addLine(SourceLine line) {
		if (this.opened && !this.closed) {
			String text = line.getContent().toString().strip();
			this.closed = text.endsWith(this.closer);
			String tex = this.closed ? text.substring(0, text.length() - 2).strip() : text;
			if (!tex.isEmpty()) {
				this.block.addLine(tex);
			}
		}
		this.opened = true;
	}

}
