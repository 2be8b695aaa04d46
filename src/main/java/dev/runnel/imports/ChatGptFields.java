package dev.runnel.imports;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads the fields of a conversation of ChatGPT's. A value of another type than expected
 * does not cost the conversation; it is counted as left out.
 *
 * @param room what the conversation may take
 * @param omissions counts what is left out of it
 * @param canvas the documents beside it
 */
record ChatGptFields(ImportRoom room, Omissions omissions, Canvas canvas) {

	/** No id or word of the form is longer. */
	private static final int WORD_CHARS = 100;

	ChatGptFields(ImportSettings settings) {
		this(new ImportRoom(settings), new Omissions(), new Canvas());
	}

	void leaveOut(Omission kind) {
		this.omissions.add(kind);
	}

	/** Skips what the parser stands at, and counts it where that is something. */
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

	/** An id or a word of the form; a longer text is neither, and is not kept. */
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

	/** Visits the fields of an object; anything else is counted. */
	void each(JsonParser json, FieldReader reader) {
		if (json.currentToken() == JsonToken.START_OBJECT) {
			JsonFields.each(json, (name) -> reader.read(json, name));
		}
		else {
			unknown(json);
		}
	}

	/** Visits the elements of an array; anything else is counted. */
	void elements(JsonParser json, Runnable element) {
		if (json.currentToken() == JsonToken.START_ARRAY) {
			JsonFields.elements(json, element);
		}
		else {
			unknown(json);
		}
	}

	/** Takes a field of an object. */
	interface FieldReader {

		/**
		 * Reads a field.
		 * @param json stands at its value
		 * @param name its name
		 */
		void read(JsonParser json, String name);

	}

}
