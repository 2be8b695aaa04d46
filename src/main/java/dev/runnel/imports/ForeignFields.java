package dev.runnel.imports;

import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads the fields of a foreign conversation. A value of an unexpected type does not
 * prevent the import; it is skipped and counted.
 *
 * @param limits the limits of the conversation
 * @param omissions counts the parts of the conversation that are left out
 * @param canvas the documents beside the conversation
 */
record ForeignFields(ImportLimits limits, Omissions omissions, Canvas canvas) {

	/** The longest id or keyword of the format, in UTF-16 units. */
	private static final int WORD_CHARS = 100;

	ForeignFields(ImportLimits limits) {
		this(limits, new Omissions(), new Canvas());
	}

	void leaveOut(Omission kind) {
		this.omissions.add(kind);
	}

	/** Skips the current value and counts it unless it is null. */
	void unknown(JsonParser json) {
		if (json.currentToken() != JsonToken.VALUE_NULL) {
			leaveOut(Omission.UNKNOWN);
		}
		json.skipChildren();
	}

	@Nullable String text(JsonParser json) {
		if (json.currentToken() == JsonToken.VALUE_STRING) {
			return json.getString();
		}
		unknown(json);
		return null;
	}

	/**
	 * Returns an id or a keyword; empty if the text is too long to be one, null if the
	 * value is not text.
	 */
	@Nullable String word(JsonParser json) {
		String word = text(json);
		return (word == null || word.length() <= WORD_CHARS) ? word : "";
	}

	@Nullable Double number(JsonParser json) {
		JsonToken token = json.currentToken();
		if (token != null && token.isNumeric()) {
			return json.getDoubleValue();
		}
		unknown(json);
		return null;
	}

	boolean flag(JsonParser json) {
		if (json.currentToken() != JsonToken.VALUE_TRUE && json.currentToken() != JsonToken.VALUE_FALSE) {
			unknown(json);
		}
		return JsonFields.isTrue(json);
	}

	/**
	 * Visits a text, an object, or each text and object of a list. Any other value is
	 * skipped and counted.
	 */
	void texts(JsonParser json, Consumer<String> text, Runnable object) {
		switch (json.currentToken()) {
			case VALUE_STRING -> text.accept(json.getString());
			case START_OBJECT, START_ARRAY -> nested(json, text, object);
			default -> unknown(json);
		}
	}

	/** Reads an object or a list, unless it is nested deeper than any real text. */
	private void nested(JsonParser json, Consumer<String> text, Runnable object) {
		Runnable reader = (json.currentToken() == JsonToken.START_OBJECT) ? object
				: () -> JsonFields.elements(json, () -> texts(json, text, object));
		if (!this.limits.nested(reader)) {
			unknown(json);
		}
	}

	/** Visits the fields of an object. Any other value is skipped and counted. */
	void each(JsonParser json, FieldReader reader) {
		if (json.currentToken() == JsonToken.START_OBJECT) {
			JsonFields.each(json, (name) -> reader.read(json, name));
		}
		else {
			unknown(json);
		}
	}

	/** Visits the elements of an array. Any other value is skipped and counted. */
	void elements(JsonParser json, Runnable element) {
		if (json.currentToken() == JsonToken.START_ARRAY) {
			JsonFields.elements(json, element);
		}
		else {
			unknown(json);
		}
	}

	/** Receives the fields of an object. */
	interface FieldReader {

		/**
		 * Reads a field.
		 * @param json the parser, at the value of the field
		 * @param name the name of the field
		 */
		void read(JsonParser json, String name);

	}

}
