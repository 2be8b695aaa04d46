package dev.runnel.conversation.store;

import java.util.Objects;
import java.util.UUID;

import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;

/**
 * A stored task of the search index. It says what has changed.
 *
 * @param id the id of the task
 * @param conversation the conversation that has changed
 * @param message the answer that has ended; null if the whole conversation has changed;
 * the id of the conversation if only its title has changed
 */
record SearchTask(long id, UUID conversation, @Nullable UUID message) {

	static SearchTask of(Readable row) {
		return new SearchTask(Objects.requireNonNull(row.get("id", Long.class)), Rows.uuid(row, "conversation_id"),
				row.get("message_id", UUID.class));
	}

}
