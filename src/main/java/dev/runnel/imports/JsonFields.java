package dev.runnel.imports;

import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamContext;

/**
 * Walks through JSON without a tree. What nobody asks for is skipped.
 */
final class JsonFields {

	/** The longest name of a field, and the longest value that is no text. */
	static final int NAME_CHARS = 1000;

	private JsonFields() {
	}

	/**
	 * Visits the fields of the object at which the parser stands, if it is one.
	 * @param json the parser
	 * @param field takes a name while the parser stands at its value
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
	 * Visits the elements of the array at which the parser stands, if it is one.
	 * @param json the parser
	 * @param element called while the parser stands at an element
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
	 * Leaves whatever the parser stands in.
	 * @param json the parser
	 * @param outside the object or array in which to go on
	 */
	static void skipTo(JsonParser json, TokenStreamContext outside) {
		while (json.streamReadContext() != outside) {
			if (json.nextToken() == null) {
				return;
			}
		}
	}

	/**
	 * The text at which the parser stands.
	 * @param json the parser
	 * @param name what to call the field
	 * @return the text; null for null
	 * @throws RefusedException if it is something else
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

	/** The text at which the parser stands, and null for anything else. */
	static @Nullable String textOrNull(JsonParser json) {
		return (json.currentToken() == JsonToken.VALUE_STRING) ? json.getString() : null;
	}

	/**
	 * The truth value at which the parser stands.
	 * @param json the parser
	 * @param name what to call the field
	 * @return the value; false for null
	 * @throws RefusedException if it is something else
	 */
	static boolean flag(JsonParser json, String name) {
		JsonToken token = json.currentToken();
		if (token != JsonToken.VALUE_TRUE && token != JsonToken.VALUE_FALSE && token != JsonToken.VALUE_NULL) {
			throw new RefusedException("has a " + name + " that is neither true nor false");
		}
		return token == JsonToken.VALUE_TRUE;
	}

	/** Whether the parser stands at a true. */
	static boolean isTrue(JsonParser json) {
		return json.currentToken() == JsonToken.VALUE_TRUE;
	}

}
