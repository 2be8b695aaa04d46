package dev.runnel.conversation.store;

import dev.runnel.conversation.MessageId;
import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;

/**
 * A question of a turn.
 *
 * @param id the id of the question
 * @param parent the message that it follows; null for none
 * @param text the question
 */
record AskedQuestion(MessageId id, @Nullable MessageId parent, String text) {

	static AskedQuestion of(Readable row) {
		return new AskedQuestion(new MessageId(Rows.uuid(row, "id")), Rows.messageId(row, "parent_id"),
				Rows.text(row, "content"));
	}

}
