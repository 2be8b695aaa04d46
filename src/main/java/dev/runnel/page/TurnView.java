package dev.runnel.page;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A turn as the template shows it.
 *
 * @param id the message's id
 * @param isQuestion whether it is the visitor's
 * @param text what was asked, or the reasoning of an answer, in parts, at least one; to
 * be escaped
 * @param html of an answer: its rendered content in pieces, safe as it is; else empty
 * @param createdAt when it was begun
 * @param settled whether it lies before the last exchange
 * @param answer what only an answer has; null for a question
 */
record TurnView(String id, boolean isQuestion, List<String> text, List<String> html, Instant createdAt, boolean settled,
		@Nullable AnswerView answer) {

	/**
	 * How an answer stands.
	 *
	 * @param state {@code thinking} or {@code responding} while it is written, else the
	 * state of the wire contract
	 * @param source {@code mock} or {@code openrouter}
	 * @param model who answered; null if that is not known or not worth saying
	 * @param finish why the model stopped, as on the wire
	 * @param thinkingMs how long the model reasoned; null if that is not known
	 * @param ending the key of the sentence that says how it ended, if that needs saying
	 */
	record AnswerView(String state, String source, @Nullable String model, @Nullable String finish,
			@Nullable Long thinkingMs, @Nullable String ending) {

		public boolean isMock() {
			return "mock".equals(this.source);
		}

	}

}
