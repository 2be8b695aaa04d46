package dev.runnel.markdown;

import java.util.List;

import org.commonmark.parser.SourceLine;

/**
 * Finds where a block reaches the {@link InlineLimits}: before the first character beyond
 * them, and before the blanks before that character.
 */
final class InlineEndFinder {

	private final InlineLimits limits;

	private final InlineUse use;

	private int line;

	private int index;

	InlineEndFinder(InlineLimits limits, InlineUse use) {
		this.limits = limits;
		this.use = use;
	}

	/**
	 * Searches a block.
	 * @param skipped the number of characters at the start that do not count and are
	 * never cut off
	 * @return whether the limits are reached
	 */
	boolean find(List<SourceLine> lines, int skipped) {
		int characters = this.use.characters() - skipped;
		for (SourceLine each : lines) {
			characters += each.getContent().length() + 1;
		}
		int fewest = Math.min(this.limits.characters(), this.limits.marks());
		return characters > fewest - this.use.marks() && search(lines, skipped);
	}

	private boolean search(List<SourceLine> lines, int skipped) {
		int characters = this.use.characters();
		int marks = this.use.marks();
		for (this.line = 0; this.line < lines.size(); this.line++) {
			CharSequence content = lines.get(this.line).getContent();
			int start = (this.line == 0) ? skipped : 0;
			characters += (this.line > 0) ? 1 : 0;
			for (this.index = start; this.index < content.length(); this.index++) {
				characters++;
				marks += InlineLimits.isMark(content.charAt(this.index)) ? 1 : 0;
				if (characters > this.limits.characters() || marks > this.limits.marks()) {
					backOverBlanks(content, start);
					return true;
				}
			}
		}
		return false;
	}

	private void backOverBlanks(CharSequence content, int start) {
		while (this.index > start && " \t".indexOf(content.charAt(this.index - 1)) >= 0) {
			this.index--;
		}
	}

	/** The index of the line in the block. */
	int line() {
		return this.line;
	}

	/** The index of the character in the line. */
	int index() {
		return this.index;
	}

}
