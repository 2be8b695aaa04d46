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
 * Where a page of a list ends: at a conversation, by when it was last updated.
 *
 * @param updatedAt when it was, to the millisecond
 * @param id the conversation
 */
record Cursor(Instant updatedAt, UUID id) {

	private static final Pattern FORM = Pattern
		.compile("([0-9a-z]{1,9})-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})");

	private static final int RADIX = 36;

	/**
	 * The order of one owner's conversations. The owner leads it although it is the same
	 * in all: H2 reads in the order of an index only if the whole index is named.
	 */
	static final String ORDER = " order by owner, updated_at desc, id desc";

	/** The same order where all are pinned or none is. */
	static final String ORDER_APART = " order by owner, pinned, updated_at desc, id desc";

	static Cursor of(ConversationHead head) {
		return new Cursor(head.updatedAt(), head.id().value());
	}

	/**
	 * Reads a cursor.
	 * @param text what was given out; null for none
	 * @return the cursor; null for none
	 * @throws ProblemException if no such text was given out
	 */
	static @Nullable Cursor parse(@Nullable String text) {
		if (text == null) {
			return null;
		}
		Matcher parts = FORM.matcher(text);
		if (!parts.matches()) {
			throw ProblemException.field("cursor", "must be one that an earlier page gave out");
		}
		return new Cursor(Instant.ofEpochMilli(Long.parseLong(parts.group(1), RADIX)), UUID.fromString(parts.group(2)));
	}

	/**
	 * What rows behind a cursor fulfil, in a list of conversations that begins with the
	 * one last updated.
	 * @param after the cursor; null for the beginning
	 * @return a condition to add to others
	 */
	static String condition(@Nullable Cursor after) {
		return (after != null) ? " and updated_at <= :updated and (updated_at < :updated or id < :after)" : "";
	}

	/**
	 * Binds what {@link #condition} needs.
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
