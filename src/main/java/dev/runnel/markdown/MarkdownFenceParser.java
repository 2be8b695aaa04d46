package dev.runnel.markdown;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.commonmark.node.Block;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.parser.SourceLine;
import org.commonmark.parser.block.AbstractBlockParser;
import org.commonmark.parser.block.BlockContinue;
import org.commonmark.parser.block.BlockStart;
import org.commonmark.parser.block.MatchedBlockParser;
import org.commonmark.parser.block.ParserState;
import org.jspecify.annotations.Nullable;

/**
 * Parses fenced code in the language {@code markdown}, which may hold fences of the same
 * length. A fence with a language opens inner code, and the next fence without one closes
 * it.
 */
final class MarkdownFenceParser extends AbstractBlockParser {

	/** In a stub, this character follows the language once for each open inner fence. */
	private static final char INNER = Placeholders.INNER_FENCE;

	private static final Pattern LANGUAGE = Pattern.compile("(?:markdown|md)(?<inner>" + INNER + "*)(?![\\w-])",
			Pattern.CASE_INSENSITIVE);

	private static final Pattern START = Pattern.compile("(?<fence>`{3,}(?=[^`]*$)|~{3,})[ \t]*" + LANGUAGE + ".*",
			Pattern.CASE_INSENSITIVE);

	private static final Pattern FENCE = Pattern.compile(" {0,3}(?<fence>`{3,}(?=[^`]*$)|~{3,})[ \t]*(?<info>.*)");

	private final FencedCodeBlock block = new FencedCodeBlock();

	private final StringBuilder code = new StringBuilder();

	private final int length;

	private int inner;

	private boolean started;

	private MarkdownFenceParser(String fence, int inner) {
		this.length = fence.length();
		this.inner = inner;
		this.block.setFenceCharacter(fence.substring(0, 1));
		this.block.setOpeningFenceLength(this.length);
	}

	static @Nullable BlockStart start(ParserState state, MatchedBlockParser matched) {
		int index = state.getNextNonSpaceIndex();
		CharSequence line = state.getLine().getContent();
		if (state.getIndent() > 0 || index >= line.length() || "`~".indexOf(line.charAt(index)) < 0) {
			return BlockStart.none();
		}
		Matcher start = START.matcher(line.subSequence(index, line.length()));
		return start.matches()
				? BlockStart.of(new MarkdownFenceParser(start.group("fence"), start.group("inner").length()))
					.atIndex(index + start.end("fence"))
				: BlockStart.none();
	}

	/** Whether a block is code in the language Markdown. */
	static boolean isMarkdown(FencedCodeBlock code) {
		return code.getFenceIndent() == 0 && code.getInfo() != null && LANGUAGE.matcher(code.getInfo()).lookingAt();
	}

	/**
	 * The language to write into the stub for a cut in the code.
	 */
	static String stub(FencedCodeBlock code, int lines) {
		int inner = (int) code.getInfo().chars().filter((c) -> c == INNER).count();
		int start = 0;
		for (int line = 0; line < lines; line++) {
			int end = code.getLiteral().indexOf('\n', start);
			inner += change(code.getLiteral().substring(start, end), code.getFenceCharacter().charAt(0),
					code.getOpeningFenceLength());
			start = end + 1;
		}
		return "markdown" + String.valueOf(INNER).repeat(inner);
	}

	/**
	 * The change of the number of open inner fences by a line.
	 * @return 1, 0 or -1; -1 for the end of the block itself if no inner fence is open
	 */
	private static int change(CharSequence line, char character, int length) {
		Matcher fence = FENCE.matcher(line);
		if (!fence.matches() || fence.group("fence").charAt(0) != character || fence.group("fence").length() < length) {
			return 0;
		}
		return fence.group("info").isBlank() ? -1 : 1;
	}

	@Override
	public Block getBlock() {
		return this.block;
	}

	@Override
	public BlockContinue tryContinue(ParserState state) {
		CharSequence line = state.getLine().getContent();
		int change = change(line.subSequence(state.getIndex(), line.length()), this.block.getFenceCharacter().charAt(0),
				this.length);
		if (change < 0 && this.inner == 0) {
			this.block.setClosingFenceLength(this.length);
			return BlockContinue.finished();
		}
		this.inner += change;
		return BlockContinue.atIndex(state.getIndex());
	}

	@Override
	public void addLine(SourceLine line) {
		if (this.started) {
			this.code.append(line.getContent()).append('\n');
		}
		else {
			this.started = true;
			this.block.setInfo(line.getContent().toString().strip());
		}
	}

	@Override
	public void closeBlock() {
		this.block.setLiteral(this.code.toString());
	}

}
