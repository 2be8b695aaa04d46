package dev.runnel.conversation.store;

import java.util.UUID;

import io.r2dbc.spi.Readable;

/**
 * A message as the search index takes it.
 *
 * @param owner the id of the visitor
 * @param conversation the id of the conversation
 * @param message the id of the message
 * @param position the position of the message in the conversation
 * @param content the text of the message
 * @param title the title of the conversation
 * @param hasFiles whether the message has files, whose texts are not in the content yet
 */
record IndexedMessage(String owner, UUID conversation, UUID message, int position, String content, String title,
		boolean hasFiles) {

	/** The columns for {@link #of}, of a message m and its conversation c. */
	static final String COLUMNS = "m.id, m.conversation_id, m.owner, m.position, m.content, c.title,"
			+ " (m.attachments is not null) as has_files";

	static IndexedMessage of(Readable row) {
		return new IndexedMessage(Rows.text(row, "owner"), Rows.uuid(row, "conversation_id"), Rows.uuid(row, "id"),
				Rows.number(row, "position"), Rows.text(row, "content"), Rows.text(row, "title"),
				Boolean.TRUE.equals(row.get("has_files", Boolean.class)));
	}

	/** The message with the texts of its files behind its own. */
	IndexedMessage with(String files) {
		return new IndexedMessage(this.owner, this.conversation, this.message, this.position,
				this.content + "\n" + files, this.title, false);
	}

}
