package dev.runnel.conversation.store;

import dev.runnel.conversation.Answer;
import dev.runnel.conversation.ConversationSettings;
import dev.runnel.conversation.ImportedConversation;
import dev.runnel.conversation.Message;
import io.netty.buffer.ByteBufUtil;
import org.jspecify.annotations.Nullable;

/**
 * How many bytes conversations take in a database: their text as UTF-8, and about what a
 * row takes besides. Both databases are counted alike.
 */
final class StoredSize {

	/** A conversation without its messages: title, times, its entries in indexes. */
	static final int CONVERSATION = 512;

	/** A message without its text. */
	static final int MESSAGE = 256;

	private StoredSize() {
	}

	static long ofText(@Nullable String text) {
		return (text != null) ? ByteBufUtil.utf8Bytes(text) : 0;
	}

	static long ofSettings(ConversationSettings settings) {
		return ofText(StoredSettings.write(settings));
	}

	static long ofAnswer(@Nullable Answer answer) {
		return (answer != null) ? ofText(answer.content()) + ofText(answer.reasoning()) : 0;
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
