package dev.runnel.export;

import dev.runnel.conversation.ConversationHead;

import org.springframework.http.MediaType;

/**
 * A file format for conversations.
 */
interface ExportFormat {

	/**
	 * Returns the value of the request parameter {@code format}.
	 * @return the name, in lower case
	 */
	String name();

	/**
	 * Returns the file name extension.
	 * @return the extension, without the dot
	 */
	String extension();

	/**
	 * Returns the media type.
	 * @return the type; text formats add the charset
	 */
	MediaType type();

	/**
	 * Returns whether a file holds all branches.
	 * @return false if a file holds only the current branch
	 */
	default boolean wholeTree() {
		return false;
	}

	/**
	 * Starts a file.
	 * @param head the conversation
	 * @param words the phrases of the file, in the reader's language
	 * @return a new writer for this file
	 */
	ConversationWriter write(ConversationHead head, FileWords words);

}
