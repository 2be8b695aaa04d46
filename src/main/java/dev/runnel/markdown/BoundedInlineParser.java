package dev.runnel.markdown;

import java.util.List;

import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.parser.InlineParser;
import org.commonmark.parser.SourceLine;
import org.commonmark.parser.SourceLines;
import org.jspecify.annotations.Nullable;

/**
 * Gives the library's inline parser only as much of a block as the {@link InlineLimits}
 * allow, and reads the rest as text. If a frontier is inside a paragraph, the part before
 * the frontier counts too.
 */
final class BoundedInlineParser implements InlineParser {

	private final InlineLimits limits;

	private final InlineParser parser;

	/** For the first block, which continues the stub's paragraph: the use before it. */
	private @Nullable InlineUse carried;

	private @Nullable Node lastBlock;

	private List<SourceLine> lastLines = List.of();

	private InlineUse lastStart = InlineUse.NONE;

	private int lastSkipped;

	BoundedInlineParser(InlineLimits limits, InlineParser parser) {
		this.limits = limits;
		this.parser = parser;
	}

	/**
	 * Starts a document.
	 * @param use the use of the first block before the frontier; {@code null} if the
	 * block starts after it. A block with use starts with one character that the stub put
	 * there
	 */
	void start(@Nullable InlineUse use) {
		this.carried = use;
		this.lastBlock = null;
		this.lastLines = List.of();
	}

	/**
	 * The use of the last block up to its end; {@code null} for any other block.
	 */
	@Nullable InlineUse useOf(Node block) {
		return (block == this.lastBlock) ? this.lastStart.plus(this.lastLines, this.lastSkipped, this.limits) : null;
	}

	boolean isBeyondLimits(InlineUse use) {
		return use.isBeyond(this.limits);
	}

	@Override
	public void parse(SourceLines lines, Node block) {
		InlineUse use = (this.carried != null) ? this.carried : InlineUse.NONE;
		int skipped = (this.carried != null) ? 1 : 0;
		this.carried = null;
		this.lastBlock = block;
		this.lastLines = lines.getLines();
		this.lastStart = use;
		this.lastSkipped = skipped;
		parse(lines, block, use, skipped);
	}

	private void parse(SourceLines lines, Node block, InlineUse use, int skipped) {
		InlineEndFinder finder = new InlineEndFinder(this.limits, use);
		if (!finder.find(lines.getLines(), skipped)) {
			this.parser.parse(lines, block);
			return;
		}
		SourceLines read = SourceLines.empty();
		lines.getLines().subList(0, finder.line()).forEach(read::addLine);
		SourceLine last = lines.getLines().get(finder.line());
		read.addLine(last.substring(0, finder.index()));
		this.parser.parse(read, block);
		appendText(block, lines.getLines(), finder, use.shown());
	}

	/**
	 * Appends the text beyond the limits, in the form in which the parser writes lines
	 * without marks.
	 */
	private static void appendText(Node block, List<SourceLine> lines, InlineEndFinder end, boolean shown) {
		boolean told = shown;
		for (int i = end.line(); i < lines.size(); i++) {
			CharSequence content = lines.get(i).getContent();
			String line = content.subSequence((i == end.line()) ? end.index() : 0, content.length()).toString();
			boolean last = i == lines.size() - 1;
			String text = last ? withoutBlanks(line, " \t") : withoutBlanks(line, " ");
			told = appendLine(block, text, told);
			if (!last) {
				block.appendChild((line.length() - text.length() >= 2) ? new HardLineBreak() : new SoftLineBreak());
			}
		}
	}

	private static boolean appendLine(Node block, String text, boolean told) {
		int special = told ? text.length() : 0;
		while (special < text.length() && !InlineLimits.isSpecial(text.charAt(special))) {
			special++;
		}
		appendText(block, text.substring(0, special));
		if (special < text.length()) {
			block.appendChild(new InlineEnd());
			appendText(block, text.substring(special));
		}
		return told || special < text.length();
	}

	private static void appendText(Node block, String text) {
		if (!text.isEmpty()) {
			Text node = new Text(text);
			block.appendChild(node);
			InlineTree.splitAtAddressEnds(node);
		}
	}

	private static String withoutBlanks(String line, String blanks) {
		int end = line.length();
		while (end > 0 && blanks.indexOf(line.charAt(end - 1)) >= 0) {
			end--;
		}
		return line.substring(0, end);
	}

}
