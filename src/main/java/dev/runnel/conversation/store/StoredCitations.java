package dev.runnel.conversation.store;

import java.util.List;

import dev.runnel.upstream.Citation;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The citations of an answer as JSON in the database.
 */
final class StoredCitations {

	private static final JsonMapper JSON = JsonMapper.shared();

	private StoredCitations() {
	}

	static @Nullable String write(List<Citation> citations) {
		return citations.isEmpty() ? null
				: ConversationText.storable(JSON.writeValueAsString(citations.stream().map(Row::of).toList()));
	}

	static List<Citation> read(@Nullable String json) {
		return (json != null) ? List.of(JSON.readValue(json, Row[].class)).stream().map(Row::toCitation).toList()
				: List.of();
	}

	/** The stored form of a citation. Its names must not change. */
	record Row(String url, @Nullable String title) {

		static Row of(Citation citation) {
			return new Row(citation.url(), citation.title());
		}

		Citation toCitation() {
			return new Citation(this.url, this.title);
		}

	}

}
