package dev.runnel.conversation.store;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;

import io.r2dbc.spi.Readable;

/**
 * A text to index in PostgreSQL. Its owner is one of its words, so that the index returns
 * no text of another owner.
 *
 * @param id the id of its row
 * @param owner the id of its owner
 * @param content the text
 */
record TextWords(UUID id, String owner, String content) {

	/**
	 * The maximum size of the words of a text. PostgreSQL rejects more than one megabyte,
	 * including the lengths of the words.
	 */
	private static final int MAX_BYTES = 800_000;

	static TextWords of(Readable row) {
		return new TextWords(Rows.uuid(row, "id"), Rows.text(row, "owner"), Rows.text(row, "text"));
	}

	/**
	 * Reads the words of the text.
	 * @return its owner and its words, each once
	 */
	String[] words() {
		Set<String> words = new LinkedHashSet<>(Set.of("/" + this.owner));
		WordReader reader = new WordReader(this.content);
		int bytes = 0;
		while (bytes < MAX_BYTES && reader.next()) {
			if (words.add(reader.word())) {
				bytes += reader.word().getBytes(StandardCharsets.UTF_8).length + Integer.BYTES;
			}
		}
		return words.toArray(String[]::new);
	}

}
