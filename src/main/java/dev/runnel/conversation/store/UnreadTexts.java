package dev.runnel.conversation.store;

/**
 * The texts of one table that are not indexed yet.
 *
 * @param table the table
 * @param text the SQL expression for a text
 * @param length the SQL expression for its length in bytes, at least about
 * @param condition the SQL condition for texts that are not indexed yet
 */
record UnreadTexts(String table, String text, String length, String condition) {

	/** The number of characters of a text that are indexed. */
	private static final int MAX_CHARS = 200_000;

	/** The titles of conversations. */
	static final UnreadTexts TITLES = new UnreadTexts("conversation", "title", "octet_length(title)", "words is null");

	/**
	 * The messages. A question has the names and the texts of its files as well.
	 * PostgreSQL knows the number of bytes of a text without reading it.
	 */
	static final UnreadTexts MESSAGES = new UnreadTexts("message",
			"case when attachments is null then content else concat(content, (select string_agg(' ' || a.name || ' '"
					+ " || coalesce(left(a.text, " + MAX_CHARS + "), ''), '') from message_attachment j"
					+ " join attachment a on a.id = j.attachment_id where j.message_id = message.id)) end",
			"octet_length(content) + case when attachments is null then 0 else " + MAX_CHARS + " end",
			"words is null and (state is null or state <> 'STREAMING')");

	/** The maximum number of texts in one transaction. */
	private static final int BATCH = 40;

	/**
	 * Selects and locks texts.
	 */
	String lengths() {
		return "select id, " + this.length + " as bytes from " + this.table + " where " + this.condition
				+ " order by id desc limit " + BATCH + " for update skip locked";
	}

	/**
	 * Selects the beginnings of texts.
	 */
	String texts() {
		return "select id, owner, left(" + this.text + ", " + MAX_CHARS + ") as text from " + this.table
				+ " where id = any(:ids)";
	}

}
