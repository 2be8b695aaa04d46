package dev.runnel.markdown;

import org.commonmark.node.Document;
import org.commonmark.node.ListBlock;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.parser.block.BlockStart;
import org.commonmark.parser.block.MatchedBlockParser;
import org.commonmark.parser.block.ParserState;
import org.jspecify.annotations.Nullable;

/**
 * Refuses the rest of a line that would begin a container in too many others. Every line
 * costs the parser a step for each container around it, and containers that need no
 * marker in each line, such as {@link Details}, would make a short line cost as much as a
 * long one.
 */
final class DeepLine {

	/**
	 * The most containers in each other. A list and its item are two. The library's own
	 * limit of 100 blocks is never reached: a cut must be possible at any depth.
	 */
	static final int MAX_DEPTH = 40;

	private static final int MAX_DIGITS = 9;

	private DeepLine() {
	}

	/** Refuses a container. It must be asked before the parsers of containers. */
	static @Nullable BlockStart start(ParserState state, MatchedBlockParser matched) {
		boolean refused = beginsContainer(state, matched) && isDeep(matched.getMatchedBlockParser().getBlock());
		return refused ? RefusedLine.start(state) : BlockStart.none();
	}

	private static boolean beginsContainer(ParserState state, MatchedBlockParser matched) {
		CharSequence line = state.getLine().getContent();
		int index = state.getNextNonSpaceIndex();
		if (state.getIndent() >= 4) {
			return false;
		}
		return switch (line.charAt(index)) {
			case '>' -> true;
			case '-', '+', '*' -> isBlankAt(line, index + 1);
			case '<' -> DetailsParser.start(state, matched) != null;
			case '[' -> FootnoteParser.start(state, matched) != null;
			default -> isNumber(line, index);
		};
	}

	private static boolean isNumber(CharSequence line, int index) {
		int end = index;
		while (end < line.length() && end < index + MAX_DIGITS && line.charAt(end) >= '0' && line.charAt(end) <= '9') {
			end++;
		}
		return end > index && end < line.length() && (line.charAt(end) == '.' || line.charAt(end) == ')')
				&& isBlankAt(line, end + 1);
	}

	private static boolean isBlankAt(CharSequence line, int index) {
		return index >= line.length() || line.charAt(index) == ' ' || line.charAt(index) == '\t';
	}

	/**
	 * Whether a list and its item, which are two containers, would not fit. A list that
	 * the block belongs to does not count: another item of it is as deep as the first.
	 */
	private static boolean isDeep(Node matched) {
		Node node = matched;
		while (node instanceof Paragraph || node instanceof ListBlock) {
			node = node.getParent();
		}
		int depth = 0;
		for (; node != null && !(node instanceof Document); node = node.getParent()) {
			depth++;
		}
		return depth + 2 > MAX_DEPTH;
	}

}
