package dev.runnel.export;

import dev.runnel.conversation.Message;
import dev.runnel.upstream.EmbeddedFiles;

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
	 * @return UTF-8 text, and the attached files in it
	 */
	EmbeddedFiles message(Message message);

	/**
	 * Returns the end of the file.
	 * @return UTF-8 text, and the attached files in it
	 */
	EmbeddedFiles end();

}
