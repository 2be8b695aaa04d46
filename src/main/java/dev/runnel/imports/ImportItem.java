package dev.runnel.imports;

import dev.runnel.conversation.ImportedConversation;

/**
 * What a file holds at one place.
 */
sealed interface ImportItem {

	/**
	 * Where in the file it is.
	 * @return the name of the entry of a zip, the number in an array, or both
	 */
	String where();

	/**
	 * A conversation that may be kept.
	 *
	 * @param conversation the conversation
	 * @param omissions what the file holds of it and the conversation does not
	 */
	record Found(String where, ImportedConversation conversation, Omissions omissions) implements ImportItem {
	}

	/**
	 * Something that cannot be taken.
	 *
	 * @param reason why not, to be read after the place
	 * @param tooLarge whether a bound is the reason
	 */
	record Refused(String where, String reason, boolean tooLarge) implements ImportItem {

		Refused(String where, String reason) {
			this(where, reason, false);
		}

	}

}
