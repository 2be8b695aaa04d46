package dev.runnel.export;

import dev.runnel.conversation.ConversationHead;

import org.springframework.http.MediaType;

/**
 * A kind of file that a conversation can be put into.
 */
interface ExportFormat {

	/**
	 * What a request calls it.
	 * @return a name in lower case
	 */
	String name();

	/**
	 * What a file name ends in.
	 * @return the extension, without the dot
	 */
	String extension();

	/**
	 * The type of the file.
	 * @return the type, with its charset where it is text
	 */
	MediaType type();

	/**
	 * Whether a file holds all branches.
	 * @return false if it holds the current one only
	 */
	default boolean wholeTree() {
		return false;
	}

	/**
	 * Begins a file.
	 * @param head the conversation
	 * @return the writer of this one file
	 */
	ConversationWriter write(ConversationHead head);

}
