package dev.runnel.chat;

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

	/**
	 * Adds an event of the answer.
	 * @param entry the next event
	 */
	void add(LogEntry entry) {
		switch (entry.name()) {
			case "message" -> this.content.append(data(entry).path("content").asString(""));
			case "reasoning" -> this.reasoning.append(data(entry).path("reasoning").asString(""));
			case "moved" -> move(data(entry));
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

	/**
	 * The whole text.
	 * @return the text and the reasoning so far
	 */
	AnswerDelta text() {
		return new AnswerDelta(this.content.toString(), this.reasoning.toString());
	}

}
