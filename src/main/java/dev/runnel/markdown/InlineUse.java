package dev.runnel.markdown;

import java.util.List;

import org.commonmark.parser.SourceLine;

/**
 * How much of a block has come before some place in it, counted against the
 * {@link InlineLimits}.
 *
 * @param characters the number of characters
 * @param marks how many of them are marks
 * @param shown whether a special character beyond the limits has come, so that the note
 * that tells of the limits has been shown
 */
record InlineUse(int characters, int marks, boolean shown) {

	static final InlineUse NONE = new InlineUse(0, 0, false);

	/** Whether inline Markdown has ended before this place. */
	boolean isBeyond(InlineLimits limits) {
		return this.characters > limits.characters() || this.marks > limits.marks();
	}

	/**
	 * Counts the content of a block, a line break as one character. Blanks at the end are
	 * left out: a cut is made before them.
	 * @param skipped how many characters at the start do not count
	 */
	InlineUse plus(List<SourceLine> lines, int skipped, InlineLimits limits) {
		int all = this.characters;
		int counted = this.marks;
		boolean special = this.shown;
		int end = all;
		for (int line = 0; line < lines.size(); line++) {
			CharSequence content = lines.get(line).getContent();
			all += (line > 0) ? 1 : 0;
			for (int i = (line == 0) ? skipped : 0; i < content.length(); i++) {
				char c = content.charAt(i);
				all++;
				counted += InlineLimits.isMark(c) ? 1 : 0;
				special |= InlineLimits.isSpecial(c) && (all > limits.characters() || counted > limits.marks());
				end = (c == ' ' || c == '\t') ? end : all;
			}
		}
		return new InlineUse(end, counted, special);
	}

}
