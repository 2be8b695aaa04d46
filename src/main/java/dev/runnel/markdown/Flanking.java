package dev.runnel.markdown;

import org.commonmark.node.Text;
import org.commonmark.parser.beta.Scanner;
import org.commonmark.text.Characters;

/**
 * Decides which runs of marks can open or close emphasis, by CommonMark's rules with the
 * CJK-friendly amendments. Under the plain rules, a mark between a punctuation character
 * and a letter depends on the blanks around it, which Chinese, Japanese and Korean text
 * does not have.
 */
final class Flanking {

	private static final char FIRST_SELECTOR = '\uFE00';

	/** The variation selector that gives a quotation mark its full width. */
	private static final char WIDE_SELECTOR = '\uFE01';

	/** The last variation selector before the one for emoji. */
	private static final char LAST_SELECTOR = '\uFE0E';

	private static final int FIRST_IDEOGRAPHIC_SELECTOR = 0xE0100;

	private static final int LAST_IDEOGRAPHIC_SELECTOR = 0xE01EF;

	private Flanking() {
	}

	/**
	 * Decides about a run among its siblings.
	 */
	static void decide(DelimiterRun run) {
		Side before = before(run);
		Side after = Side.of(run.next);
		boolean left = after.isFlankedFrom(before);
		boolean right = before.isFlankedFrom(after);
		boolean word = run.mark == '_';
		run.opens = left && (!word || !right || before.punctuation());
		run.closes = right && (!word || !left || after.punctuation());
	}

	/** The character before a run. A variation selector belongs to the one before it. */
	private static Side before(DelimiterRun run) {
		int character = run.previous;
		if (character >= FIRST_IDEOGRAPHIC_SELECTOR && character <= LAST_IDEOGRAPHIC_SELECTOR) {
			return new Side(false, false, true);
		}
		if (character < FIRST_SELECTOR || character > LAST_SELECTOR) {
			return Side.of(character);
		}
		int base = beforeSelector(run);
		boolean wideQuote = character == WIDE_SELECTOR && base >= 0x2018 && base <= 0x201D;
		return wideQuote ? new Side(false, true, true) : Side.of(base);
	}

	private static int beforeSelector(DelimiterRun run) {
		String text = (run.getPrevious() instanceof Text before) ? before.getLiteral() : "";
		return (text.length() > 1) ? text.codePointBefore(text.length() - 1) : run.previous;
	}

	/** The kind of the character on one side of a run. */
	private record Side(boolean blank, boolean punctuation, boolean cjk) {

		static Side of(int character) {
			boolean blank = character == Scanner.END || Characters.isWhitespaceCodePoint(character);
			return new Side(blank, !blank && Characters.isPunctuationCodePoint(character), Cjk.is(character));
		}

		/**
		 * Whether a run between this neighbour and the other one flanks this one
		 * (CommonMark 0.31.2, section 6.2).
		 */
		boolean isFlankedFrom(Side other) {
			return !this.blank && (!this.punctuation || other.endsWord() || this.cjk || other.cjk);
		}

		private boolean endsWord() {
			return this.blank || this.punctuation;
		}

	}

}
