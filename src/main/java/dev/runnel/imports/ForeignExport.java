package dev.runnel.imports;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Tells by the names of a conversation's fields which other program wrote a file.
 */
final class ForeignExport {

	private static final List<Program> PROGRAMS = List.of(new Program("Claude", Set.of("chat_messages")),
			new Program("Open WebUI", Set.of("chat", "title")),
			new Program("LibreChat", Set.of("conversationId", "messages")),
			new Program("LibreChat", Set.of("conversationId", "messagesTree")),
			new Program("DeepSeek", Set.of("mapping", "inserted_at")),
			new Program("Grok", Set.of("conversations", "media_posts")));

	private static final Set<String> NAMES = Set.of("chat_messages", "chat", "title", "conversationId", "messages",
			"messagesTree", "mapping", "inserted_at", "conversations", "media_posts");

	private final Set<String> names = new HashSet<>();

	/**
	 * Looks at a field.
	 * @param json stands at its value, or behind what was read of it
	 * @param name its name
	 */
	void read(JsonParser json, String name) {
		if (NAMES.contains(name) && json.currentToken() != JsonToken.VALUE_NULL) {
			this.names.add(name);
		}
	}

	/**
	 * Names the program.
	 * @throws RefusedException if it is known
	 */
	void refuse() {
		PROGRAMS.stream().filter((program) -> this.names.containsAll(program.fields())).findFirst().ifPresent((it) -> {
			throw new RefusedException("is an export of " + it.name() + "; Runnel cannot read it yet");
		});
	}

	/**
	 * Another program.
	 *
	 * @param name what people call it
	 * @param fields the names that only its conversations have together
	 */
	private record Program(String name, Set<String> fields) {
	}

}
