package dev.runnel.conversation.store;

import java.util.List;
import java.util.stream.Stream;

import dev.runnel.conversation.Answer;
import dev.runnel.conversation.MessageId;
import dev.runnel.conversation.Question;
import dev.runnel.upstream.Attachment;
import dev.runnel.upstream.Role;
import org.jspecify.annotations.Nullable;

/**
 * A message of a temporary conversation, in memory.
 *
 * @param id the id
 * @param parent the message before this one on its branch; null for the first question
 * @param role the author
 * @param content the text in Markdown
 * @param answer the data of an answer; null for a question
 * @param attachments the files of a question, or the pictures of an answer
 */
record KeptMessage(MessageId id, @Nullable MessageId parent, Role role, String content, @Nullable Answer answer,
		List<Attachment> attachments) {

	/** The measured heap size of a message without its text. */
	private static final int MESSAGE_BYTES = 500;

	/**
	 * The heap size in bytes. Every character counts as two bytes, even if the JVM stores
	 * it in one.
	 */
	long bytes() {
		int reasoning = (this.answer != null) ? this.answer.reasoning().length() : 0;
		return MESSAGE_BYTES + (long) (this.content.length() + reasoning) * Character.BYTES;
	}

	/** How much of a context the message takes, in UTF-16 units. */
	int length() {
		return AskedQuestion.lengthOf(this.content, this.attachments);
	}

	/** Whether a visitor asks this again: with the same text, and with no other files. */
	boolean isSame(Question question) {
		return this.content.equals(question.text())
				&& (question.attachments() == null || this.attachments.equals(question.attachments()));
	}

	/**
	 * Replaces the data of an answer.
	 * @param newer the new data
	 * @return the message with this data and its text
	 */
	KeptMessage with(Answer newer) {
		return new KeptMessage(this.id, this.parent, this.role, newer.content(), newer, this.attachments);
	}

	/**
	 * Adds a picture.
	 * @param picture the picture
	 * @return the message with it
	 */
	KeptMessage with(Attachment picture) {
		return new KeptMessage(this.id, this.parent, this.role, this.content, this.answer,
				Stream.concat(this.attachments.stream(), Stream.of(picture)).toList());
	}

}
