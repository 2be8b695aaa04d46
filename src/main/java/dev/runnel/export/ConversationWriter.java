package dev.runnel.export;

import dev.runnel.conversation.Message;

/**
 * Writes one conversation into one file, in pieces. Used by one thread at a time.
 */
interface ConversationWriter {

	/**
	 * The file's beginning.
	 * @return UTF-8
	 */
	byte[] start();

	/**
	 * The next message.
	 * @param message it comes after the one it follows
	 * @return UTF-8
	 */
	byte[] message(Message message);

	/**
	 * The file's end.
	 * @return UTF-8
	 */
	byte[] end();

}
