package dev.runnel.conversation.store;

import java.time.Instant;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.runnel.conversation.ConversationHead;
import dev.runnel.web.ProblemException;
import org.jspecify.annotations.Nullable;

import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;

/**
 * The end of a page in a list: its last conversation, with the time of its last update.
 *
 * @param updatedAt the time of the last update, to the millisecond
 * @param id the id of the conversation
 */
record Cursor(Instant updatedAt, UUID id) {

	private static final Pattern FORM = Pattern
		.compile("([0-9a-z]{1,9})-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})");

	private static final int RADIX = 36;

	/**
	 * The order of an owner's conversations. It begins with the owner, although it is the
	 * same in all rows: H2 reads in index order only if all columns of the index are
	 * named.
	 */
	static final String ORDER = " order by owner, updated_at desc, id desc";

	/** The order of an owner's conversations that are all pinned, or all not pinned. */
	static final String ORDER_APART = " order by owner, pinned, updated_at desc, id desc";

	static Cursor of(ConversationHead head) {
		return new Cursor(head.updatedAt(), head.id().value());
	}

	/**
	 * Parses a cursor.
	 * @param text the cursor from a page; null for none
	 * @return the cursor; null for none
	 * @throws ProblemException if the text is not a valid cursor
	 */
	static @Nullable Cursor parse(@Nullable String text) {
		if (text == null) {
			return null;
		}
		Matcher parts = FORM.matcher(text);
		if (!parts.matches()) {
			throw ProblemException.field("cursor", "must be a cursor from an earlier page");
		}
		return new Cursor(Instant.ofEpochMilli(Long.parseLong(parts.group(1), RADIX)), UUID.fromString(parts.group(2)));
	}

	/**
	 * The SQL condition for rows after a cursor, in a list that begins with the
	 * conversation last updated.
	 * @param after the cursor; null for the beginning of the list
	 * @return a condition that begins with {@code and}; empty for the beginning of the
	 * list
	 */
	static String condition(@Nullable Cursor after) {
		return (after != null) ? " and updated_at <= :updated and (updated_at < :updated or id < :after)" : "";
	}

	/**
	 * Binds the parameters of {@link #condition}.
	 */
	static GenericExecuteSpec bind(@Nullable Cursor after, GenericExecuteSpec statement) {
		return (after != null) ? statement.bind("updated", Rows.stored(after.updatedAt())).bind("after", after.id())
				: statement;
	}

	@Override
	public String toString() {
		return Long.toString(this.updatedAt.toEpochMilli(), RADIX) + "-" + this.id;
	}

}
