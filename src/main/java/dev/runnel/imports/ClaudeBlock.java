package dev.runnel.imports;

import java.util.ArrayList;
import java.util.List;

import dev.runnel.upstream.Citation;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/**
 * A block of the content of a Claude message, while it is read.
 */
final class ClaudeBlock {

	private static final String ARTIFACTS = "artifacts";

	private static final FieldTable<ClaudeBlock> FIELDS = new FieldTable<ClaudeBlock>()
		.with("type", (it, json) -> it.type = it.word(json))
		.with("text", (it, json) -> it.text = it.fields.text(json))
		.with("thinking", (it, json) -> it.thinking = it.fields.text(json))
		.with("citations", (it, json) -> it.fields.elements(json, () -> it.readCitation(json)))
		.with("name", (it, json) -> it.name = it.word(json))
		.with("input", (it, json) -> it.fields.each(json, it.artifact::read));

	private final ForeignFields fields;

	private final ClaudeArtifact artifact;

	private final List<Citation> citations = new ArrayList<>();

	private String type = "";

	private String name = "";

	private @Nullable String text;

	private @Nullable String thinking;

	private ClaudeBlock(ForeignFields fields) {
		this.fields = fields;
		this.artifact = new ClaudeArtifact();
	}

	/**
	 * Reads a block.
	 * @param json the parser, at the beginning of the block
	 * @param fields reads the values
	 * @return the block
	 */
	static ClaudeBlock read(JsonParser json, ForeignFields fields) {
		ClaudeBlock block = new ClaudeBlock(fields);
		FIELDS.readAll(block, json);
		return block;
	}

	private String word(JsonParser json) {
		String word = this.fields.word(json);
		return (word != null) ? word : "";
	}

	private void readCitation(JsonParser json) {
		ClaudeCitation cited = new ClaudeCitation();
		this.fields.each(json, cited::read);
		Citation citation = Citation.of(cited.url, cited.title);
		if (citation != null && this.citations.size() < Citation.MAX) {
			this.citations.add(citation);
		}
	}

	/**
	 * Adds the visible part of the block to its message, and counts the rest.
	 * @param message the message
	 * @param omissions counts the parts that are left out
	 */
	void addTo(ForeignText message, ForeignFields omissions) {
		this.citations.forEach(message::cite);
		switch (this.type) {
			case "text", "voice_note" -> message.add(orEmpty(this.text));
			case "thinking" -> message.think(orEmpty(this.thinking));
			case "image" -> message.leaveOut(Omission.PICTURE, "");
			case "tool_use" -> addToolCall(message, omissions);
			case "tool_result" -> omissions.leaveOut(Omission.TOOL_RESULT);
			case "token_budget" -> {
			}
			default -> addUnknown(message, omissions);
		}
	}

	private void addToolCall(ForeignText message, ForeignFields omissions) {
		if (this.name.equals(ARTIFACTS)) {
			this.artifact.addTo(message, omissions);
		}
		else {
			omissions.leaveOut(Omission.TOOL_CALL);
		}
	}

	/** Adds the text of a block of a newer type, so that it is not lost. */
	private void addUnknown(ForeignText message, ForeignFields omissions) {
		if (this.text == null || this.text.isBlank()) {
			omissions.leaveOut(Omission.UNKNOWN);
		}
		else {
			message.add(this.text);
		}
	}

	private static String orEmpty(@Nullable String text) {
		return (text != null) ? text : "";
	}

	/** A page that a text cites. Its address is in the citation or in its details. */
	private static final class ClaudeCitation {

		private @Nullable String url;

		private @Nullable String title;

		private void read(JsonParser json, String name) {
			if (name.equals("details")) {
				JsonFields.each(json, (detail) -> readText(json, detail));
			}
			else {
				readText(json, name);
			}
		}

		private void readText(JsonParser json, String name) {
			String value = JsonFields.textOrNull(json);
			if (value != null && name.equals("url")) {
				this.url = value;
			}
			else if (value != null && name.equals("title")) {
				this.title = value;
			}
		}

	}

	/** The fields of a call that writes a document beside the conversation. */
	private static final class ClaudeArtifact {

		private static final List<String> MARKDOWN = List.of("text/markdown", "");

		private @Nullable String title;

		private @Nullable String content;

		private String type = "";

		private String language = "";

		private void read(JsonParser json, String field) {
			String value = JsonFields.textOrNull(json);
			if (value != null) {
				keep(field, value);
			}
		}

		private void keep(String field, String value) {
			switch (field) {
				case "title" -> this.title = value;
				case "content" -> this.content = value;
				case "type" -> this.type = value;
				case "language" -> this.language = value;
				default -> {
				}
			}
		}

		private void addTo(ForeignText message, ForeignFields omissions) {
			if (this.content == null) {
				omissions.leaveOut(Omission.CANVAS_CHANGE);
				message.add(Notes.note("a change of the document"));
			}
			else {
				message
					.add("**" + Notes.escaped(Notes.line(this.title, "Document")) + "**\n\n" + document(this.content));
			}
		}

		private String document(String text) {
			return MARKDOWN.contains(this.type) ? text : Fence.around(text, Fence.language(this.language));
		}

	}

}
