package dev.runnel.imports;

import java.nio.file.Path;
import java.util.Objects;
import java.util.UUID;

import dev.runnel.upstream.Attachment;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * An attached file in Runnel's own format, while it is read.
 */
final class OwnFile {

	private static final FieldTable<OwnFile> FIELDS = new FieldTable<OwnFile>()
		.with("id", (file, json) -> file.number = ImportValues.read(json, Integer.class, file.place + ".id"))
		.with("name", OwnFile::readName)
		.with("data", OwnFile::readContent);

	private final ImportedFiles files;

	private final String place;

	private @Nullable Integer number;

	private @Nullable String name;

	private @Nullable Path content;

	/**
	 * Creates a reader for one file.
	 * @param files keeps the content
	 * @param place the place in the file
	 */
	OwnFile(ImportedFiles files, String place) {
		this.files = files;
		this.place = place;
	}

	/**
	 * Reads the file.
	 * @param json the parser, at the beginning of an object
	 * @return this file
	 */
	OwnFile read(JsonParser json) {
		FIELDS.readAll(this, json);
		return this;
	}

	private void readName(JsonParser json) {
		this.name = JsonFields.text(json, "name in " + this.place);
		ImportLimits.checkValue(this.name, this.place + ".name");
	}

	private void readContent(JsonParser json) {
		if (json.currentToken() != JsonToken.VALUE_STRING) {
			throw new RefusedException("needs a text in " + this.place + ".data");
		}
		this.content = this.files.read(json);
	}

	/**
	 * Returns the number of the file.
	 * @return the number that messages name
	 * @throws RefusedException if there is none
	 */
	Integer number() {
		if (this.number == null) {
			throw new RefusedException("needs a unique id in " + this.place);
		}
		return this.number;
	}

	/**
	 * Returns the file.
	 * @return the file, under an id that serves only to find it again
	 * @throws RefusedException if it has no content
	 */
	ImportedFile toFile() {
		if (this.content == null) {
			throw new RefusedException("needs a text in " + this.place + ".data");
		}
		return new ImportedFile(new Attachment(UUID.randomUUID(), Objects.requireNonNullElse(this.name, ""), "", 0,
				null, null, null, false, 0), this.content);
	}

}
