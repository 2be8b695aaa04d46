package dev.runnel.markdown;

import java.util.Locale;

import org.commonmark.node.Block;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.parser.block.AbstractBlockParser;
import org.commonmark.parser.block.BlockContinue;
import org.commonmark.parser.block.BlockStart;
import org.commonmark.parser.block.MatchedBlockParser;
import org.commonmark.parser.block.ParserState;
import org.jspecify.annotations.Nullable;

/**
 * Parses {@link Details}. Blocks may follow the start tag in its line. The end tag stands
 * alone in its line.
 */
final class DetailsParser extends AbstractBlockParser {

	static final String START = "<details>";

	private static final String END = "</details>";

	private final Details block = new Details();

	static @Nullable BlockStart start(ParserState state, MatchedBlockParser matched) {
		int index = state.getNextNonSpaceIndex();
		boolean starts = state.getIndent() < 4 && startsWith(state.getLine().getContent(), index, START);
		return starts ? BlockStart.of(new DetailsParser()).atIndex(index + START.length()) : BlockStart.none();
	}

	/**
	 * Whether a line has a tag at an index, in upper or lower case.
	 */
	static boolean startsWith(CharSequence line, int index, String tag) {
		int end = index + tag.length();
		return end <= line.length() && line.charAt(index) == '<'
				&& line.subSequence(index, end).toString().toLowerCase(Locale.ROOT).equals(tag);
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
		CharSequence line = state.getLine().getContent();
		int index = state.getNextNonSpaceIndex();
		boolean ends = !state.isBlank() && state.getIndent() < 4 && startsWith(line, index, END)
				&& line.subSequence(index + END.length(), line.length()).toString().isBlank();
		if (ends && !isForInner(state.getIndent())) {
			this.block.close();
			return BlockContinue.finished();
		}
		return BlockContinue.atIndex(state.getIndex());
	}

	/** Whether an end tag belongs to inner details or to open code. */
	private boolean isForInner(int indent) {
		boolean needsIndent = false;
		for (Node node = this.block.getLastChild(); node != null; node = node.getLastChild()) {
			if (isOpen(node)) {
				return indent > 0 || !needsIndent;
			}
			needsIndent |= node instanceof ListItem || node instanceof BlockQuote || node instanceof Footnote;
		}
		return false;
	}

	private static boolean isOpen(Node node) {
		return (node instanceof Details details) ? !details.isClosed()
				: node instanceof FencedCodeBlock code && code.getClosingFenceLength() == null;
	}

}
