package dev.runnel.conversation.store;

import java.util.List;

import dev.runnel.conversation.MessageId;
import dev.runnel.upstream.Attachment;
import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;

/**
 * A question of a turn.
 *
 * @param id the id of the question
 * @param parent the message that it follows; null for none
 * @param text the question
 * @param attachments its files
 */
record AskedQuestion(MessageId id, @Nullable MessageId parent, String text, List<Attachment> attachments) {

	/** The columns for {@link #of}. */
	static final String COLUMNS = "id, parent_id, content, attachments";

	static AskedQuestion of(Readable row) {
		return new AskedQuestion(new MessageId(Rows.uuid(row, "id")), Rows.messageId(row, "parent_id"),
				Rows.text(row, "content"), AttachmentList.read(row.get("attachments", String.class)));
	}

	/** How much of a context it takes, in UTF-16 units. */
	int length() {
		return lengthOf(this.text, this.attachments);
	}

	/** How much of a context a question takes, in UTF-16 units. */
	static int lengthOf(String text, List<Attachment> attachments) {
		return text.length() + attachments.stream().mapToInt(Attachment::length).sum();
	}

	/**
	 * Whether a visitor asks this again.
	 * @param other the text
	 * @param files the files; null for those of this question
	 */
	boolean isSame(String other, @Nullable List<Attachment> files) {
		return this.text.equals(other) && (files == null || files.equals(this.attachments));
	}

}
