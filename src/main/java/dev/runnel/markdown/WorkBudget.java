package dev.runnel.markdown;

/**
 * Limits the work on an answer to a fixed multiple of its length, for any text. Each
 * received character earns credit. Parsing and resending HTML cost credit. Without credit
 * the text waits, and several pieces share one update.
 */
final class WorkBudget {

	/** How many characters may be parsed or resent for each received character. */
	static final int WORK_PER_CHARACTER = 32;

	/**
	 * The initial credit for this work: enough that a paragraph of 2 KB never waits,
	 * whatever it holds.
	 */
	static final int WORK_IN_ADVANCE = 450_000;

	/** How many characters of end tags may be resent for each received character. */
	private static final int RESENT_PER_CHARACTER = 3;

	/** The largest unused credit for resending, for a passage with deeper nesting. */
	private static final int RESENT_IN_ADVANCE = 400;

	private long work = WORK_IN_ADVANCE;

	private long resend = RESENT_IN_ADVANCE;

	void earn(int characters) {
		this.work += (long) characters * WORK_PER_CHARACTER;
		this.resend = Math.min(RESENT_IN_ADVANCE, this.resend + (long) characters * RESENT_PER_CHARACTER);
	}

	boolean allowsUpdate() {
		return !isInDebt() && this.resend >= 0;
	}

	/** Whether earlier updates parsed more than the text has earned. */
	boolean isInDebt() {
		return this.work <= 0;
	}

	/**
	 * Takes the cost of an update from the credit.
	 * @param parsed the number of characters given to the parser
	 * @param resent the length of the patches beyond the growth of the HTML
	 * @param closers the length of the end tags after the text, which limits the debt for
	 * resending: a text that was rewritten as a whole does not slow down later text
	 */
	void spend(long parsed, long resent, int closers) {
		this.work -= parsed + resent;
		this.resend = Math.max(this.resend - resent, -Math.max(closers, RESENT_IN_ADVANCE));
	}

}
