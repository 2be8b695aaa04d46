package dev.runnel.imports;

import java.util.List;

import dev.runnel.conversation.ImportedConversation;

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
	 * @param files the attached files, which are not stored yet
	 */
	record Found(String where, ImportedConversation conversation, Omissions omissions,
			List<ImportedFile> files) implements ImportItem {
	}

	/**
	 * An item that cannot be imported.
	 *
	 * @param reason the reason, a phrase that continues the place
	 * @param cause the reason for the page
	 */
	record Refused(String where, String reason, Cause cause) implements ImportItem {
	}

}
