package dev.runnel.page;

import java.time.Instant;
import java.util.List;

import dev.runnel.upstream.Attachment;
import dev.runnel.upstream.Citation;
import org.jspecify.annotations.Nullable;

/**
 * A message for the template.
 *
 * @param id the message's id
 * @param isQuestion whether the message is the visitor's question
 * @param markdown the question as it was typed, to copy and edit it; must be escaped;
 * null for an answer
 * @param reasoning the rendered reasoning of an answer; null if there is none
 * @param content the rendered content
 * @param createdAt when the message was created
 * @param before for a question: when the message before it was created; null for the
 * first question and for an answer
 * @param settled whether it comes before the last question and answer
 * @param answer the properties of an answer; null for a question
 * @param attachments the files of a question, or the pictures of an answer
 */
record TurnView(String id, boolean isQuestion, @Nullable String markdown, @Nullable ShownText reasoning,
		ShownText content, Instant createdAt, @Nullable Instant before, boolean settled, @Nullable AnswerView answer,
		List<Attachment> attachments) {

	/** The page folds a question with more lines. */
	private static final int LINES = 12;

	/** A longer line of a question counts as several lines. */
	private static final int LINE_CHARS = 80;

	/**
	 * Whether this is a question that the page folds. {@code question-turn.js} decides
	 * the same.
	 */
	public boolean isTall() {
		return this.markdown != null && this.markdown.stripTrailing().lines().mapToInt(TurnView::rows).sum() > LINES;
	}

	private static int rows(String line) {
		return 1 + line.length() / LINE_CHARS;
	}

	/**
	 * The state of an answer.
	 *
	 * @param state {@code thinking} or {@code responding} while it is written, else the
	 * state of the wire contract
	 * @param source {@code mock} or {@code openrouter}
	 * @param model the id of the model that answered; null if unknown or if the mock
	 * answered
	 * @param modelName the name of that model, or its id if the name is unknown
	 * @param finish why the model stopped, as in the wire contract; null if it did not
	 * say
	 * @param thinkingMs how long the model reasoned, in milliseconds; null if unknown
	 * @param ending the message key of the sentence about the end; null for a normal end
	 * @param citations the pages that the answer cites
	 * @param fallback the code of the failure because of which the mock answers; null if
	 * the mock did not take over
	 */
	record AnswerView(String state, String source, @Nullable String model, @Nullable String modelName,
			@Nullable String finish, @Nullable Long thinkingMs, @Nullable String ending, List<Citation> citations,
			@Nullable String fallback) {

		public boolean isMock() {
			return "mock".equals(this.source);
		}

	}

}
