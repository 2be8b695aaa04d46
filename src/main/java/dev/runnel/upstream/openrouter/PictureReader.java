package dev.runnel.upstream.openrouter;

import java.util.ArrayList;
import java.util.List;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads the addresses of the pictures in a delta: a list of parts, each with an object
 * {@code image_url} that holds a {@code url}.
 */
final class PictureReader {

	private final JsonParser parser;

	private final List<String> found = new ArrayList<>();

	PictureReader(JsonParser parser) {
		this.parser = parser;
	}

	/**
	 * Reads a list, and skips any other value.
	 * @param value the current token
	 */
	void read(JsonToken value) {
		if (value != JsonToken.START_ARRAY) {
			this.parser.skipChildren();
			return;
		}
		for (JsonToken token = this.parser.nextToken(); token != JsonToken.END_ARRAY
				&& token != null; token = this.parser.nextToken()) {
			readFields(token, "image_url");
		}
	}

	private void readFields(JsonToken value, String wanted) {
		if (value != JsonToken.START_OBJECT) {
			this.parser.skipChildren();
			return;
		}
		for (String name = this.parser.nextName(); name != null; name = this.parser.nextName()) {
			JsonToken field = this.parser.nextToken();
			if (!name.equals(wanted)) {
				this.parser.skipChildren();
			}
			else if (field == JsonToken.VALUE_STRING) {
				this.found.add(this.parser.getString());
			}
			else {
				readFields(field, "url");
			}
		}
	}

	/**
	 * Returns the addresses read so far.
	 * @return the addresses in the order of the chunk
	 */
	List<String> found() {
		return this.found;
	}

}
