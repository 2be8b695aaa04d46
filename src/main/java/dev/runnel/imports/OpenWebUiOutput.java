package dev.runnel.imports;

import tools.jackson.core.JsonParser;

/**
 * The {@code output} of an answer of Open WebUI, while it is read: the parts of the
 * answer as the model service sent them. Newer exports have it beside the text.
 */
final class OpenWebUiOutput {

	private static final String BETWEEN = "\n\n";

	private static final FieldTable<OpenWebUiOutput> ITEM = new FieldTable<OpenWebUiOutput>()
		.with("type", (it, json) -> it.type = it.word(json))
		.with("content", OpenWebUiOutput::readText)
		.with("summary", OpenWebUiOutput::readText);

	private static final FieldTable<OpenWebUiOutput> PART = new FieldTable<OpenWebUiOutput>().with("text",
			OpenWebUiOutput::readText);

	private final ForeignFields fields;

	private final StringBuilder part = new StringBuilder();

	private final StringBuilder text = new StringBuilder();

	private final StringBuilder reasoning = new StringBuilder();

	private String type = "";

	OpenWebUiOutput(ForeignFields fields) {
		this.fields = fields;
	}

	/**
	 * Reads the output.
	 * @param json the parser, at the beginning of the output
	 * @throws RefusedException if it is too long for a message
	 */
	void read(JsonParser json) {
		JsonFields.elements(json, () -> readItem(json));
	}

	private void readItem(JsonParser json) {
		this.type = "";
		this.part.setLength(0);
		ITEM.readAll(this, json);
		switch (this.type) {
			case "message" -> append(this.text, BETWEEN, this.part);
			case "reasoning" -> append(this.reasoning, BETWEEN, this.part);
			default -> {
			}
		}
	}

	private String word(JsonParser json) {
		String word = this.fields.word(json);
		return (word != null) ? word : "";
	}

	private void readText(JsonParser json) {
		this.fields.texts(json, (string) -> append(this.part, "", string), () -> PART.readAll(this, json));
	}

	private void append(StringBuilder parts, String between, CharSequence more) {
		this.fields.limits().checkMessage((long) parts.length() + more.length());
		parts.append((parts.isEmpty() || more.isEmpty()) ? "" : between).append(more);
	}

	/**
	 * Adds the text and the reasoning that the answer lacks.
	 * @param answer the answer, with its text
	 */
	void addTo(ForeignText answer) {
		if (!answer.hasText()) {
			answer.add(this.text.toString());
		}
		if (!answer.hasReasoning()) {
			answer.think(this.reasoning.toString());
		}
	}

}
