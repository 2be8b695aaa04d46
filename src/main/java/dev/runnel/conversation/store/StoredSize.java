package dev.runnel.conversation.store;

import dev.runnel.conversation.Answer;
import dev.runnel.conversation.ConversationSettings;
import dev.runnel.conversation.ImportedConversation;
import dev.runnel.conversation.Message;
import io.netty.buffer.ByteBufUtil;
import org.jspecify.annotations.Nullable;

/**
 * Computes the size of conversations, in bytes: their text as UTF-8, and an estimate for
 * each row. The size is the same for both databases.
 */
final class StoredSize {

	/** The estimate for a conversation: title, times, and entries in indexes. */
	static final int CONVERSATION = 512;

	/** The estimate for a message without its text. */
	static final int MESSAGE = 256;

	/**
	 * The longest answer with its reasoning. A UTF-16 unit takes at most three bytes as
	 * UTF-8.
	 */
	static final long MAX_ANSWER_BYTES = 3L * ConversationText.MAX_CHARS;

	private StoredSize() {
	}

	static long ofText(@Nullable String text) {
		return (text != null) ? ByteBufUtil.utf8Bytes(text) : 0;
	}

	/**
	 * The size of a question, with the row of its answer.
	 * @param text the question
	 * @return the size, in bytes
	 */
	static long ofQuestion(String text) {
		return ofText(text) + 2 * MESSAGE;
	}

	static long ofSettings(ConversationSettings settings) {
		return ofText(StoredSettings.write(settings));
	}

	static long ofAnswer(@Nullable Answer answer) {
		return (answer != null) ? ofText(answer.content()) + ofText(answer.reasoning())
				+ ofText(StoredCitations.write(answer.citations())) : 0;
	}

	static long of(ImportedConversation conversation) {
		long size = CONVERSATION + ofSettings(conversation.settings());
		for (Message message : conversation.messages()) {
			Answer answer = message.answer();
			size += MESSAGE + ((answer != null) ? ofAnswer(answer) : ofText(message.content()));
		}
		return size;
	}

}
