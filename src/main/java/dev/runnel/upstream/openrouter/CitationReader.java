package dev.runnel.upstream.openrouter;

import java.util.ArrayList;
import java.util.List;

import dev.runnel.upstream.Citation;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads the pages that an answer cites, in the shapes that services send: a list of
 * addresses ({@code citations}), of search results with {@code url} and {@code title}
 * ({@code search_results}), or of annotations that hold both in {@code url_citation}.
 */
final class CitationReader {

	private final JsonParser parser;

	private final List<Citation> found = new ArrayList<>();

	private @Nullable String url;

	private @Nullable String title;

	CitationReader(JsonParser parser) {
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
			readOne(token);
		}
	}

	private void readOne(JsonToken token) {
		this.url = null;
		this.title = null;
		if (token == JsonToken.VALUE_STRING) {
			this.url = this.parser.getString();
		}
		else {
			readFields(token, true);
		}
		add(this.url, this.title);
	}

	/**
	 * Adds a page.
	 * @param address the address as the service sends it; null if there is none
	 * @param name the title as the service sends it; null if there is none
	 */
	void add(@Nullable String address, @Nullable String name) {
		Citation citation = Citation.of(address, name);
		if (citation != null && this.found.size() < Citation.MAX) {
			this.found.add(citation);
		}
	}

	private void readFields(JsonToken token, boolean outer) {
		if (token != JsonToken.START_OBJECT) {
			this.parser.skipChildren();
			return;
		}
		for (String name = this.parser.nextName(); name != null; name = this.parser.nextName()) {
			JsonToken value = this.parser.nextToken();
			switch (name) {
				case "url" -> this.url = text(value, this.url);
				case "title" -> this.title = text(value, this.title);
				case "url_citation" -> readCitation(value, outer);
				default -> this.parser.skipChildren();
			}
		}
	}

	private void readCitation(JsonToken value, boolean outer) {
		if (outer) {
			readFields(value, false);
		}
		else {
			this.parser.skipChildren();
		}
	}

	private @Nullable String text(JsonToken value, @Nullable String otherwise) {
		if (value == JsonToken.VALUE_STRING) {
			return this.parser.getString();
		}
		this.parser.skipChildren();
		return otherwise;
	}

	/**
	 * Returns the citations read so far.
	 * @return the citations in the order of the chunk
	 */
	List<Citation> found() {
		return this.found;
	}

}
