package dev.runnel.imports;

import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamContext;

/**
 * Reads JSON as a stream, without a tree. Values that the caller does not read are
 * skipped.
 */
final class JsonFields {

	/**
	 * The longest field name, and the longest value that is not a text, in UTF-16 units.
	 */
	static final int NAME_CHARS = 1000;

	private static final Set<JsonToken> FLAGS = EnumSet.of(JsonToken.VALUE_TRUE, JsonToken.VALUE_FALSE,
			JsonToken.VALUE_NULL);

	private JsonFields() {
	}

	/**
	 * Visits the fields of the current object. Any other value is skipped.
	 * @param json the parser
	 * @param field receives each name while the parser is at the value
	 */
	static void each(JsonParser json, Consumer<String> field) {
		if (json.currentToken() != JsonToken.START_OBJECT) {
			json.skipChildren();
			return;
		}
		for (String name = json.nextName(); name != null; name = json.nextName()) {
			json.nextToken();
			field.accept(name);
			json.skipChildren();
		}
	}

	/**
	 * Visits the elements of the current array. Any other value is skipped.
	 * @param json the parser
	 * @param element called while the parser is at an element
	 */
	static void elements(JsonParser json, Runnable element) {
		if (json.currentToken() != JsonToken.START_ARRAY) {
			json.skipChildren();
			return;
		}
		while (json.nextToken() != JsonToken.END_ARRAY) {
			element.run();
			json.skipChildren();
		}
	}

	/**
	 * Skips to the end of everything nested below an object or array.
	 * @param json the parser
	 * @param outside the object or array in which to continue
	 */
	static void skipTo(JsonParser json, TokenStreamContext outside) {
		while (json.streamReadContext() != outside) {
			if (json.nextToken() == null) {
				return;
			}
		}
	}

	/**
	 * Returns the current text.
	 * @param json the parser
	 * @param name the field name for the reason
	 * @return the text; null for JSON null
	 * @throws RefusedException if the value is neither text nor null
	 */
	static @Nullable String text(JsonParser json, String name) {
		JsonToken token = json.currentToken();
		if (token == JsonToken.VALUE_NULL) {
			return null;
		}
		if (token != JsonToken.VALUE_STRING) {
			throw new RefusedException("has a " + name + " that is not text");
		}
		return json.getString();
	}

	/** Returns the current text; null for any other value. */
	static @Nullable String textOrNull(JsonParser json) {
		return (json.currentToken() == JsonToken.VALUE_STRING) ? json.getString() : null;
	}

	/**
	 * Returns the current boolean.
	 * @param json the parser
	 * @param name the field name for the reason
	 * @return the value; false for JSON null
	 * @throws RefusedException if the value is neither a boolean nor null
	 */
	static boolean flag(JsonParser json, String name) {
		JsonToken token = json.currentToken();
		if (!FLAGS.contains(token)) {
			throw new RefusedException("has a " + name + " that is neither true nor false");
		}
		return token == JsonToken.VALUE_TRUE;
	}

	/** Returns whether the current value is true. */
	static boolean isTrue(JsonParser json) {
		return json.currentToken() == JsonToken.VALUE_TRUE;
	}

}
