package dev.runnel.markdown;

/**
 * Keeps the work on an answer within a fixed multiple of its length, whatever the text.
 * Each character received earns credit; parsing and resending HTML cost. Without credit
 * the text waits for more, and several pieces share one update.
 */
final class WorkBudget {

	/** Characters to be parsed, for each character received. */
	private static final int PARSED_PER_CHARACTER = 64;

	/** Characters that may be parsed in advance: a paragraph of 2 KB need not wait. */
	private static final int PARSED_IN_ADVANCE = 400_000;

	/** Characters of patches, for each character received. */
	private static final int SENT_PER_CHARACTER = 5;

	/** How much unused credit for patches is kept for a passage that nests deeply. */
	private static final int SENT_IN_ADVANCE = 512;

	private long parse = PARSED_IN_ADVANCE;

	private int send = SENT_IN_ADVANCE;

	void earn(int characters) {
		this.parse += (long) characters * PARSED_PER_CHARACTER;
		this.send = Math.min(SENT_IN_ADVANCE, this.send + characters * SENT_PER_CHARACTER);
	}

	boolean allowsUpdate() {
		return this.parse > 0 && this.send >= 0;
	}

	/**
	 * Pays for an update.
	 * @param parsed characters given to the parser
	 * @param sent characters of patches
	 * @param resent how many of these are end tags that will be sent again. Debt is
	 * limited to as much: text that was rewritten as a whole does not slow what follows.
	 */
	void spend(long parsed, int sent, int resent) {
		this.parse -= parsed;
		this.send = Math.max(this.send - sent, -Math.max(resent, SENT_IN_ADVANCE / 2));
	}

}
