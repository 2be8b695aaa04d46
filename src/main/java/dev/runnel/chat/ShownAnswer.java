package dev.runnel.chat;

import dev.runnel.conversation.Answer;
import dev.runnel.conversation.AnswerDelta;
import dev.runnel.stream.LogEntry;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The text of an answer as a reader of its events has it.
 */
final class ShownAnswer {

	private final StringBuilder content = new StringBuilder();

	private final StringBuilder reasoning = new StringBuilder();

	private boolean begun;

	private boolean html;

	/**
	 * Adds an event of the answer.
	 * @param entry the next event
	 */
	void add(LogEntry entry) {
		JsonNode data = data(entry);
		this.html = this.html || data.has("questionHtml") || !data.path("patches").isEmpty()
				|| !data.path("reasoningPatches").isEmpty();
		switch (entry.name()) {
			case "start" -> this.begun = true;
			case "message" -> this.content.append(data.path("content").asString(""));
			case "reasoning" -> this.reasoning.append(data.path("reasoning").asString(""));
			case "moved" -> move(data);
			default -> {
				// Other events have no text.
			}
		}
	}

	private void move(JsonNode moved) {
		if (moved.path("to").asString("").equals("reasoning")) {
			this.reasoning.append(this.content);
			this.content.setLength(0);
			return;
		}
		this.reasoning.setLength(Math.max(0, this.reasoning.length() - moved.path("chars").asInt(0)));
	}

	private static JsonNode data(LogEntry entry) {
		return JsonMapper.shared().readTree(entry.data());
	}

	/** Whether the reader has the first event. */
	boolean hasBegun() {
		return this.begun;
	}

	/** Whether the reader gets HTML. */
	boolean hasHtml() {
		return this.html;
	}

	/**
	 * Whether an answer goes on where this one ends.
	 * @param answer the answer
	 * @return true if both of its texts begin with those of this one
	 */
	boolean isBeginningOf(Answer answer) {
		return answer.content().startsWith(this.content.toString())
				&& answer.reasoning().startsWith(this.reasoning.toString());
	}

	/**
	 * The lengths of both texts.
	 * @return the lengths in UTF-16 units
	 */
	Length length() {
		return new Length(this.content.length(), this.reasoning.length());
	}

	/**
	 * The whole text.
	 * @return the text and the reasoning so far
	 */
	AnswerDelta text() {
		return new AnswerDelta(this.content.toString(), this.reasoning.toString());
	}

	/**
	 * The lengths of both texts of an answer, in UTF-16 units.
	 *
	 * @param content the length of the content
	 * @param reasoning the length of the reasoning
	 */
	record Length(int content, int reasoning) {
	}

}
