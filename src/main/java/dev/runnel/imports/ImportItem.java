package dev.runnel.imports;

import dev.runnel.conversation.ImportedConversation;
import dev.runnel.web.ErrorCode;

/**
 * One item of a file: a conversation, or the reason for refusing it.
 */
sealed interface ImportItem {

	/**
	 * Returns the place of the item in the file.
	 * @return the name of the zip entry, the index in the array, or both
	 */
	String where();

	/**
	 * A conversation that can be imported.
	 *
	 * @param conversation the conversation
	 * @param omissions counts the parts of the file that the conversation lacks
	 */
	record Found(String where, ImportedConversation conversation, Omissions omissions) implements ImportItem {
	}

	/**
	 * An item that cannot be imported.
	 *
	 * @param reason the reason, a phrase that continues the place
	 * @param code the kind of the reason
	 */
	record Refused(String where, String reason, ErrorCode code) implements ImportItem {

		Refused(String where, String reason) {
			this(where, reason, ErrorCode.INVALID_REQUEST);
		}

	}

}
