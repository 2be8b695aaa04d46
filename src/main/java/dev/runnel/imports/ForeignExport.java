package dev.runnel.imports;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.runnel.web.Reason;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Recognises exports that cannot be read by the field names of a conversation.
 */
final class ForeignExport {

	private static final List<Program> PROGRAMS = List.of(new Program("DeepSeek", Set.of("mapping", "inserted_at")),
			new Program("Grok", Set.of("conversations", "media_posts")));

	private static final Set<String> NAMES = Set.of("mapping", "inserted_at", "conversations", "media_posts");

	private final Set<String> names = new HashSet<>();

	/**
	 * Remembers the name of a field whose value is not null.
	 * @param json the parser, at the value of the field or after it
	 * @param name the name of the field
	 */
	void read(JsonParser json, String name) {
		if (NAMES.contains(name) && json.currentToken() != JsonToken.VALUE_NULL) {
			this.names.add(name);
		}
	}

	/**
	 * Refuses the export of a known program.
	 * @throws RefusedException if the program is recognised; the reason names it
	 */
	void refuse() {
		PROGRAMS.stream().filter((program) -> this.names.containsAll(program.fields())).findFirst().ifPresent((it) -> {
			throw new RefusedException("is an export of " + it.name() + "; Runnel cannot read it yet",
					Cause.of(Reason.IMPORT_OTHER, it.name()));
		});
	}

	/**
	 * Another program.
	 *
	 * @param name the name of the program
	 * @param fields the field names that together identify the program
	 */
	private record Program(String name, Set<String> fields) {
	}

}
