package dev.runnel.markdown;

/**
 * Keeps the work on an answer within a fixed multiple of its length, whatever the text.
 * Each character received earns credit; parsing, and sending HTML again, cost. Without
 * credit the text waits for more, and several pieces share one update.
 */
final class WorkBudget {

	/** Characters that may be parsed or resent, for each character received. */
	static final int WORK_PER_CHARACTER = 32;

	/** The same in advance: a paragraph of 2 KB need not wait, whatever is in it. */
	static final int WORK_IN_ADVANCE = 450_000;

	/** Characters of end tags that may be resent, for each character received. */
	private static final int RESENT_PER_CHARACTER = 3;

	/** How much of that is kept unused, for a passage that nests more deeply. */
	private static final int RESENT_IN_ADVANCE = 400;

	private long work = WORK_IN_ADVANCE;

	private long resend = RESENT_IN_ADVANCE;

	void earn(int characters) {
		this.work += (long) characters * WORK_PER_CHARACTER;
		this.resend = Math.min(RESENT_IN_ADVANCE, this.resend + (long) characters * RESENT_PER_CHARACTER);
	}

	boolean allowsUpdate() {
		return this.work > 0 && this.resend >= 0;
	}

	/**
	 * Pays for an update.
	 * @param parsed characters given to the parser
	 * @param resent characters of patches beyond those by which the HTML grew
	 * @param closers characters of the end tags after the text. The debt for resending is
	 * limited to these: text that was rewritten as a whole does not slow what comes next.
	 */
	void spend(long parsed, long resent, int closers) {
		this.work -= parsed + resent;
		this.resend = Math.max(this.resend - resent, -Math.max(closers, RESENT_IN_ADVANCE));
	}

}
