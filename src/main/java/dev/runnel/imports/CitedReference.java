package dev.runnel.imports;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/**
 * The sources of one citation mark in ChatGPT's answers, while they are read.
 */
final class CitedReference {

	private static final int MAX_LINKS = 20;

	/** The fields beside those of the source itself. */
	private static final FieldTable<CitedReference> FIELDS = new FieldTable<CitedReference>()
		.with("matched_text", (it, json) -> it.mark = CitedLink.boundedOrEmpty(json))
		.with("alt", (it, json) -> it.alt = CitedLink.bounded(json))
		.with(List.of("items", "fallback_items", "sources"),
				(it, json) -> JsonFields.elements(json, () -> it.readItem(json)));

	private final List<CitedLink> links = new ArrayList<>();

	private final CitedLink own = new CitedLink();

	private String mark = "";

	private @Nullable String alt;

	/**
	 * Reads a field.
	 * @param json the parser, at the value of the field
	 * @param name the name of the field
	 */
	void read(JsonParser json, String name) {
		FIELDS.read(this, json, name);
		this.own.read(json, name);
	}

	private void readItem(JsonParser json) {
		CitedLink link = new CitedLink();
		List<CitedLink> supporting = new ArrayList<>();
		JsonFields.each(json, (name) -> {
			if (name.equals("supporting_websites")) {
				JsonFields.elements(json, () -> add(supporting, json));
			}
			else {
				link.read(json, name);
			}
		});
		if (this.links.size() < MAX_LINKS) {
			this.links.add(link);
			this.links.addAll(supporting);
		}
	}

	private static void add(List<CitedLink> links, JsonParser json) {
		CitedLink more = CitedLink.of(json);
		if (links.size() < MAX_LINKS) {
			links.add(more);
		}
	}

	/**
	 * Returns the text of the mark.
	 * @return the mark; empty if unknown
	 */
	String mark() {
		return this.mark;
	}

	/**
	 * Returns the text that replaces the mark.
	 * @return links in parentheses; the name of the source if it has no address
	 */
	String shown() {
		this.links.add(this.own);
		List<String> shown = this.links.stream()
			.map(CitedLink::markdown)
			.filter((link) -> !link.isEmpty())
			.distinct()
			.limit(MAX_LINKS)
			.toList();
		if (!shown.isEmpty()) {
			return "(" + String.join(", ", shown) + ")";
		}
		String other = (this.alt != null) ? this.alt : this.own.name();
		return ChatGptCitations.MARK.matcher(ChatGptCitations.BLOCK.matcher(other).replaceAll("")).replaceAll("");
	}

}
