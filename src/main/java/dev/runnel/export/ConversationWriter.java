package dev.runnel.export;

import dev.runnel.conversation.Message;

/**
 * Writes one conversation into one file, in pieces. Only one thread at a time may use it.
 */
interface ConversationWriter {

	/**
	 * Returns the beginning of the file.
	 * @return UTF-8 bytes
	 */
	byte[] start();

	/**
	 * Returns the piece of the file for the next message.
	 * @param message the message; its parent was written before it
	 * @return UTF-8 bytes
	 */
	byte[] message(Message message);

	/**
	 * Returns the end of the file.
	 * @return UTF-8 bytes
	 */
	byte[] end();

}
