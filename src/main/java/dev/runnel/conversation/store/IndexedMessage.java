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
 */
record IndexedMessage(String owner, UUID conversation, UUID message, int position, String content, String title) {

	static IndexedMessage of(Readable row) {
		return new IndexedMessage(Rows.text(row, "owner"), Rows.uuid(row, "conversation_id"), Rows.uuid(row, "id"),
				Rows.number(row, "position"), Rows.text(row, "content"), Rows.text(row, "title"));
	}

}
