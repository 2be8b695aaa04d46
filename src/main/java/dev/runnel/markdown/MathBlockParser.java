package dev.runnel.markdown;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.commonmark.node.Block;
import org.commonmark.parser.SourceLine;
import org.commonmark.parser.block.AbstractBlockParser;
import org.commonmark.parser.block.BlockContinue;
import org.commonmark.parser.block.BlockStart;
import org.commonmark.parser.block.MatchedBlockParser;
import org.commonmark.parser.block.ParserState;
import org.jspecify.annotations.Nullable;

/**
 * Parses display math: from a line that starts with {@code $$} or {@code \[} to the line
 * that ends with {@code $$} or {@code \]}, or a TeX environment without such marks. Text
 * behind the opening mark must look like TeX. After a blank line the block goes on only
 * with a line that looks like TeX. So a marker that was meant as text does not swallow
 * the rest of the answer.
 */
final class MathBlockParser extends AbstractBlockParser {

	private static final String BEGIN = "\\begin{";

	private static final Set<String> ENVIRONMENTS = Set.of("equation", "align", "aligned", "alignat", "gather",
			"gathered", "multline", "eqnarray", "split", "cases", "array", "matrix", "pmatrix", "bmatrix", "vmatrix");

	private final MathBlock block = new MathBlock();

	/** The text that ends the block. */
	private final String closer;

	/** Whether the closer is part of the TeX source. */
	private final boolean environment;

	private boolean afterBlankLine;

	private boolean closed;

	private MathBlockParser(String closer, boolean environment) {
		this.closer = closer;
		this.environment = environment;
	}

	static @Nullable BlockStart start(ParserState state, MatchedBlockParser matched) {
		CharSequence line = state.getLine().getContent();
		int index = state.getNextNonSpaceIndex();
		if (state.getIndent() >= 4 || index >= line.length() || "$\\".indexOf(line.charAt(index)) < 0) {
			return BlockStart.none();
		}
		String text = line.subSequence(index, line.length()).toString().strip();
		MathBlockParser parser = isInOpenMath(matched) ? null : opened(text);
		return (parser != null) ? BlockStart.of(parser).atIndex(line.length()) : BlockStart.none();
	}

	/**
	 * Whether the line belongs to math that begins behind the text of a paragraph. Only
	 * the last lines are searched, so that each line costs a bounded time.
	 */
	private static boolean isInOpenMath(MatchedBlockParser matched) {
		List<SourceLine> lines = matched.getParagraphLines().getLines();
		String last = lines.subList(Math.max(0, lines.size() - MathText.MAX_LINES), lines.size())
			.stream()
			.map(SourceLine::getContent)
			.collect(Collectors.joining("\n"));
		return MathText.isOpen(last, 0, last.length());
	}

	private static @Nullable MathBlockParser opened(String text) {
		if (text.startsWith(BEGIN)) {
			return openedEnvironment(text);
		}
		String closer = text.startsWith("$$") ? "$$" : text.startsWith("\\[") ? "\\]" : "";
		if (closer.isEmpty()) {
			return null;
		}
		MathBlockParser parser = new MathBlockParser(closer, false);
		String tex = text.substring(2).strip();
		int close = tex.indexOf(closer);
		boolean whole = close >= 0 && close == tex.length() - 2 && MathText.hasSubstance(tex.substring(0, close));
		boolean begun = close < 0 && MathText.isLikely(tex);
		if (!whole && !begun && !tex.isEmpty()) {
			return null;
		}
		parser.add(tex);
		return parser;
	}

	private static @Nullable MathBlockParser openedEnvironment(String text) {
		int end = text.indexOf('}');
		String name = (end < 0) ? "" : text.substring(BEGIN.length(), end);
		String known = name.endsWith("*") ? name.substring(0, name.length() - 1) : name;
		if (!ENVIRONMENTS.contains(known)) {
			return null;
		}
		MathBlockParser parser = new MathBlockParser("\\end{" + name + "}", true);
		parser.add(text);
		return parser;
	}

	@Override
	public Block getBlock() {
		return this.block;
	}

	@Override
	public BlockContinue tryContinue(ParserState state) {
		if (this.closed) {
			return BlockContinue.none();
		}
		if (!state.isBlank() && this.afterBlankLine) {
			CharSequence line = state.getLine().getContent();
			String text = line.subSequence(state.getNextNonSpaceIndex(), line.length()).toString().strip();
			if (!text.equals(this.closer) && (isMarked(text) || !MathText.isLikely(text))) {
				return BlockContinue.none();
			}
		}
		this.afterBlankLine = state.isBlank();
		return BlockContinue.atIndex(state.getIndex());
	}

	/** Whether a line starts with the marker of another block. */
	private static boolean isMarked(String text) {
		return text.isEmpty() || "#>|`~".indexOf(text.charAt(0)) >= 0 || isItem(text);
	}

	private static boolean isItem(String text) {
		int blank = text.indexOf(' ');
		return blank > 0 && "-*+.)".indexOf(text.charAt(blank - 1)) >= 0;
	}

	/**
	 * Adds a line of TeX. The first call brings the rest of the opening line, which is
	 * empty.
	 */
	@Override
	public void addLine(SourceLine line) {
		if (!this.closed) {
			add(line.getContent().toString().strip());
		}
	}

	private void add(String text) {
		this.closed = this.environment ? text.contains(this.closer) : text.endsWith(this.closer);
		if (this.closed) {
			this.block.close();
		}
		String tex = (this.closed && !this.environment) ? text.substring(0, text.length() - 2).strip() : text;
		if (!tex.isEmpty()) {
			this.block.addLine(tex);
		}
	}

}
