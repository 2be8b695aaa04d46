package dev.runnel.conversation.store;

import java.util.UUID;

import reactor.core.publisher.Flux;

/**
 * Reads the names and the texts of attached files, as the search sees them.
 *
 * @param database the database
 */
record AttachedTexts(Database database) {

	/** The number of characters of a file that are searched. */
	private static final int MAX_CHARS = 200_000;

	private static final String OF_MESSAGE = "select a.name, left(a.text, " + MAX_CHARS + ") as text"
			+ " from message_attachment j join attachment a on a.id = j.attachment_id where j.message_id = :id";

	/**
	 * Reads the files of a question.
	 * @param message the id of the question
	 * @return the name of each file, with the beginning of its text
	 */
	Flux<String> of(UUID message) {
		return this.database.read((client) -> client.sql(OF_MESSAGE)
			.bind("id", message)
			.map((row) -> Rows.text(row, "name") + " " + Rows.text(row, "text"))
			.all());
	}

}
