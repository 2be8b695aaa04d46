package dev.runnel.imports;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import dev.runnel.upstream.Fence;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/**
 * A file beside a message of another program.
 *
 * @param name the name, in one line; empty if unknown
 * @param type the media type, or the kind in the words of the program; empty if unknown
 * @param text the text of the file; null if the export does not have it
 */
record ForeignFile(String name, String type, @Nullable String text) {

	/** The maximum number of notes in a message, more than any real message has. */
	static final int MAX = 1000;

	/** The kinds by the beginning of a media type or of a program's own word. */
	private static final List<Map.Entry<String, Omission>> TYPES = List.of(Map.entry("image", Omission.PICTURE),
			Map.entry("audio", Omission.SOUND), Map.entry("video", Omission.VIDEO));

	/** The kinds by the end of a file's name. */
	private static final Map<String, Omission> EXTENSIONS = Map.of("png", Omission.PICTURE, "jpg", Omission.PICTURE,
			"jpeg", Omission.PICTURE, "gif", Omission.PICTURE, "webp", Omission.PICTURE, "heic", Omission.PICTURE,
			"mp3", Omission.SOUND, "wav", Omission.SOUND, "mp4", Omission.VIDEO);

	/**
	 * Reads a file. Fields with the bytes and the addresses of files are skipped.
	 * @param json the parser, at the beginning of the file
	 * @param fields reads the values
	 * @return the file
	 */
	static ForeignFile read(JsonParser json, ForeignFields fields) {
		Values values = new Values(fields);
		fields.each(json, (inner, name) -> Values.FIELDS.read(values, inner, name));
		return new ForeignFile(Notes.line(values.name, ""), Objects.requireNonNullElse(values.type, ""), values.text);
	}

	/**
	 * Reads a list of files without their texts.
	 * @param json the parser, at the beginning of the list
	 * @param fields reads the values
	 * @param files receives the files, at most {@value #MAX}
	 */
	static void readNames(JsonParser json, ForeignFields fields, List<ForeignFile> files) {
		fields.elements(json, () -> {
			ForeignFile file = read(json, fields);
			if (files.size() < MAX) {
				files.add(new ForeignFile(file.name, file.type, null));
			}
		});
	}

	/**
	 * Adds the file to its message: its text if the export has it, otherwise a note.
	 * @param message the message
	 */
	void addTo(ForeignText message) {
		String block = (this.text != null && !this.text.isBlank()) ? block(this.text) : "";
		if (!block.isEmpty() && message.fits(block)) {
			message.add(block);
		}
		else {
			message.leaveOut(kind(), this.name);
		}
	}

	private String block(String content) {
		return (this.name.isEmpty() ? "" : "**" + Notes.escaped(this.name) + "**\n\n") + Fence.around(content, "");
	}

	Omission kind() {
		return TYPES.stream()
			.filter((entry) -> this.type.startsWith(entry.getKey()))
			.map(Map.Entry::getValue)
			.findFirst()
			.orElseGet(() -> EXTENSIONS.getOrDefault(extension(), Omission.FILE));
	}

	private String extension() {
		return this.name.substring(this.name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
	}

	/** The values of a file, while they are read. */
	private static final class Values {

		private static final FieldTable<Values> FIELDS = new FieldTable<Values>()
			.with(List.of("file_name", "filename", "name"), (it, json) -> it.name = it.fields.text(json))
			.with(List.of("file_type", "file_kind", "type"), (it, json) -> it.type = it.fields.word(json))
			.with("extracted_content", (it, json) -> it.text = it.fields.text(json));

		private final ForeignFields fields;

		private @Nullable String name;

		private @Nullable String type;

		private @Nullable String text;

		private Values(ForeignFields fields) {
			this.fields = fields;
		}

	}

}
