package dev.runnel.imports;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.json.JsonMapper;

/**
 * The documents that ChatGPT shows beside a conversation. The model writes them with tool
 * calls whose text is JSON.
 */
final class Canvas {

	private static final String TOOL = "canmore.";

	private static final String CODE = "code/";

	/** The pattern of a change that replaces the whole document. */
	private static final String EVERYTHING = ".*";

	private static final JsonMapper MAPPER = JsonMapper.builder().build();

	/**
	 * The name of the document written last. The field {@code type} below is its type.
	 */
	private String name = "";

	private String type = "";

	static boolean isFor(String recipient) {
		return recipient.startsWith(TOOL);
	}

	/**
	 * Returns what the reader saw of a call.
	 * @param call the text of the call
	 * @param omissions counts the changes that are left out
	 * @return Markdown; a call that cannot be read becomes a code block
	 */
	String shown(String call, Omissions omissions) {
		Call read = new Call();
		try (JsonParser json = MAPPER.createParser(call)) {
			json.nextToken();
			JsonFields.each(json, (field) -> read.field(json, field));
		}
		catch (JacksonException ex) {
			return Fence.around(call, "");
		}
		String shown = shown(read);
		for (int i = 0; i < read.changes; i++) {
			omissions.add(Omission.CANVAS_CHANGE);
		}
		return shown.isBlank() ? Fence.around(call, "") : shown;
	}

	private String shown(Call call) {
		StringBuilder shown = new StringBuilder(call.comments);
		if (call.content != null) {
			this.name = (call.name != null) ? call.name : this.name;
			this.type = (call.type != null) ? call.type : this.type;
			String code = this.type.startsWith(CODE) ? Fence.language(this.type.substring(CODE.length())) : null;
			shown.append("**").append(ChatGptContent.line(this.name, "Document")).append("**\n\n");
			shown.append((code != null) ? Fence.around(call.content, code) : call.content);
		}
		if (call.changes > 0) {
			shown.append(shown.isEmpty() ? "" : "\n\n").append(ChatGptContent.note("a change of the document"));
		}
		return shown.toString();
	}

	/** One call, while it is read. */
	private static final class Call {

		private @Nullable String name;

		private @Nullable String type;

		private @Nullable String content;

		private final StringBuilder comments = new StringBuilder();

		private int changes;

		private void field(JsonParser json, String field) {
			switch (field) {
				case "name" -> this.name = JsonFields.textOrNull(json);
				case "type" -> this.type = JsonFields.textOrNull(json);
				case "content" -> this.content = JsonFields.textOrNull(json);
				case "updates" -> JsonFields.elements(json, () -> change(json));
				case "comments" ->
					JsonFields.elements(json, () -> JsonFields.each(json, (each) -> comment(json, each)));
				default -> {
					// Other fields are not needed.
				}
			}
		}

		private void comment(JsonParser json, String field) {
			String comment = field.equals("comment") ? JsonFields.textOrNull(json) : null;
			if (comment != null) {
				this.comments.append(this.comments.isEmpty() ? "- " : "\n- ").append(comment);
			}
		}

		private void change(JsonParser json) {
			Change change = new Change();
			JsonFields.each(json, (field) -> change.field(json, field));
			if (EVERYTHING.equals(change.pattern) && change.replacement != null) {
				this.content = change.replacement;
			}
			else {
				this.changes++;
			}
		}

	}

	/** One change of a document, while it is read. */
	private static final class Change {

		private @Nullable String pattern;

		private @Nullable String replacement;

		private void field(JsonParser json, String field) {
			switch (field) {
				case "pattern" -> this.pattern = JsonFields.textOrNull(json);
				case "replacement" -> this.replacement = JsonFields.textOrNull(json);
				default -> {
					// Other fields, such as how often to replace, are not needed.
				}
			}
		}

	}

}
