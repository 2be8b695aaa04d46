package dev.runnel.imports;

import java.util.Objects;

import dev.runnel.upstream.Fence;
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
			Call.FIELDS.readAll(read, json);
		}
		catch (JacksonException ex) {
			return Fence.around(call, "");
		}
		String shown = shown(read);
		omissions.add(Omission.CANVAS_CHANGE, read.changes);
		return shown.isBlank() ? Fence.around(call, "") : shown;
	}

	private String shown(Call call) {
		StringBuilder shown = new StringBuilder(call.comments).append(document(call));
		if (call.changes > 0) {
			shown.append(shown.isEmpty() ? "" : "\n\n").append(Notes.note("a change of the document"));
		}
		return shown.toString();
	}

	/** Returns the document with its name; empty if the call does not contain it. */
	private String document(Call call) {
		if (call.content == null) {
			return "";
		}
		this.name = Objects.requireNonNullElse(call.name, this.name);
		this.type = Objects.requireNonNullElse(call.type, this.type);
		return "**" + Notes.line(this.name, "Document") + "**\n\n"
				+ (this.type.startsWith(CODE) ? code(call.content) : call.content);
	}

	private String code(String code) {
		return Fence.around(code, Fence.language(this.type.substring(CODE.length())));
	}

	/** One call, while it is read. */
	private static final class Call {

		private static final FieldTable<Call> COMMENT = new FieldTable<Call>().with("comment",
				(call, json) -> call.comment(JsonFields.textOrNull(json)));

		private static final FieldTable<Call> FIELDS = new FieldTable<Call>()
			.with("name", (call, json) -> call.name = JsonFields.textOrNull(json))
			.with("type", (call, json) -> call.type = JsonFields.textOrNull(json))
			.with("content", (call, json) -> call.content = JsonFields.textOrNull(json))
			.with("updates", (call, json) -> JsonFields.elements(json, () -> call.change(json)))
			.with("comments", (call, json) -> JsonFields.elements(json, () -> COMMENT.readAll(call, json)));

		private @Nullable String name;

		private @Nullable String type;

		private @Nullable String content;

		private final StringBuilder comments = new StringBuilder();

		private int changes;

		private void comment(@Nullable String comment) {
			if (comment != null) {
				this.comments.append(this.comments.isEmpty() ? "- " : "\n- ").append(comment);
			}
		}

		private void change(JsonParser json) {
			Change change = new Change();
			Change.FIELDS.readAll(change, json);
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

		private static final FieldTable<Change> FIELDS = new FieldTable<Change>()
			.with("pattern", (change, json) -> change.pattern = JsonFields.textOrNull(json))
			.with("replacement", (change, json) -> change.replacement = JsonFields.textOrNull(json));

		private @Nullable String pattern;

		private @Nullable String replacement;

	}

}
