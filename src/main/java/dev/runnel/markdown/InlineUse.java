package dev.runnel.markdown;

import java.util.List;

import org.commonmark.parser.SourceLine;

/**
 * How much of one block comes before a place in it, counted against the
 * {@link InlineLimits}.
 *
 * @param characters the number of characters
 * @param marks the number of marks among them
 * @param shown whether a special character came beyond the limits, so that the note about
 * the limits is already shown
 */
record InlineUse(int characters, int marks, boolean shown) {

	static final InlineUse NONE = new InlineUse(0, 0, false);

	/** Whether the place is beyond the limits. */
	boolean isBeyond(InlineLimits limits) {
		return this.characters > limits.characters() || this.marks > limits.marks();
	}

	/**
	 * Adds the content of a block. A line break counts as one character. Blanks at the
	 * end do not count, because a cut is made before them.
	 * @param skipped the number of characters at the start that do not count
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
