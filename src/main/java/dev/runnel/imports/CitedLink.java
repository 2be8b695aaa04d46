package dev.runnel.imports;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/**
 * The address and the names of a source that an answer cites, while they are read.
 */
final class CitedLink {

	private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s<>]{1,2000}");

	/** Other fields, such as dates and excerpts, are not needed. */
	private static final FieldTable<CitedLink> FIELDS = new FieldTable<CitedLink>()
		.with("url", (link, json) -> link.url = boundedOrEmpty(json))
		.with(List.of("title", "name"), (link, json) -> link.title = boundedOrEmpty(json))
		.with("attribution", (link, json) -> link.attribution = boundedOrEmpty(json));

	private String url = "";

	private String title = "";

	private String attribution = "";

	static CitedLink of(JsonParser json) {
		CitedLink link = new CitedLink();
		FIELDS.readAll(link, json);
		return link;
	}

	/**
	 * Reads a field.
	 * @param json the parser, at the value of the field
	 * @param name the name of the field
	 */
	void read(JsonParser json, String name) {
		FIELDS.read(this, json, name);
	}

	/**
	 * Returns the name of the source.
	 * @return the name; empty if unknown
	 */
	String name() {
		return this.attribution.isBlank() ? this.title : this.attribution;
	}

	/**
	 * Returns the source as a link.
	 * @return Markdown; empty if the address is unknown or not of the web
	 */
	String markdown() {
		if (!ADDRESS.matcher(this.url).matches()) {
			return "";
		}
		String label = Notes.line(name(), this.url).replaceAll("([\\\\\\[\\]])", "\\\\$1");
		return "[" + label + "](" + this.url.replace("(", "%28").replace(")", "%29") + ")";
	}

	/** Returns the current text; null for any other value and for a text too long. */
	static @Nullable String bounded(JsonParser json) {
		String text = JsonFields.textOrNull(json);
		return (text != null && text.length() <= ChatGptCitations.MAX_CHARS) ? text : null;
	}

	/** Returns the current text; empty for any other value and for a text too long. */
	static String boundedOrEmpty(JsonParser json) {
		return Objects.requireNonNullElse(bounded(json), "");
	}

}
