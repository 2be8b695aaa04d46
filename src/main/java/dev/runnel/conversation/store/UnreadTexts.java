package dev.runnel.conversation.store;

/**
 * The texts of one table that are not indexed yet.
 *
 * @param table the table
 * @param column the column of the texts
 * @param condition the SQL condition for texts that are not indexed yet
 */
record UnreadTexts(String table, String column, String condition) {

	/** The maximum number of texts in one transaction. */
	private static final int BATCH = 40;

	/** The number of characters of a text that are indexed. */
	private static final int MAX_CHARS = 200_000;

	/**
	 * Selects and locks texts. PostgreSQL knows the number of bytes of a text without
	 * reading it.
	 */
	String lengths() {
		return "select id, octet_length(" + this.column + ") as bytes from " + this.table + " where " + this.condition
				+ " order by id desc limit " + BATCH + " for update skip locked";
	}

	/**
	 * Selects the beginnings of texts.
	 */
	String texts() {
		return "select id, owner, left(" + this.column + ", " + MAX_CHARS + ") as text from " + this.table
				+ " where id = any(:ids)";
	}

}
