package dev.runnel.imports;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/**
 * Replaces the citation marks in ChatGPT's answers by links. A mark is enclosed in U+E200
 * and U+E201, or in 【 and 】 in older answers. The metadata contains its source. A newer
 * mark without a source is removed.
 */
final class Citations {

	/**
	 * A mark, and the blank before it, which is removed together with the mark. No part
	 * of it goes on beyond the next mark: a text may have any number of marks without an
	 * end.
	 */
	private static final Pattern MARK = Pattern.compile("([ \\t]?)(\uE200[^\uE200\uE201]{0,4000}\uE201"
			+ "|\uE200[a-z_]{1,100}\uE202[^\\s\uE200\uE201]{0,4000}$|【[^【】]{1,100}】)");

	/**
	 * The characters around a block that has a source. They have no meaning of their own.
	 */
	private static final Pattern BLOCK = Pattern.compile("[\uE203\uE204\uE206]");

	/** A mark of a thing named in the text, with its kind and its name. */
	private static final Pattern ENTITY = Pattern
		.compile("\uE200[a-z_]*entity\uE202\\[\"[^\"]*\",\\s*\"([^\"]{1,200})\".*", Pattern.DOTALL);

	private static final String PICTURES = "\uE200image";

	private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s<>]{1,2000}");

	/**
	 * More marks than any real answer has. {@code MAX_CHARS} is longer than any real mark
	 * or title.
	 */
	private static final int MAX_MARKS = 1000;

	private static final int MAX_CHARS = 4000;

	private static final int MAX_LINKS = 20;

	private final ChatGptFields fields;

	/** The text that replaces a mark, by mark. */
	private final Map<String, String> replacements = new HashMap<>();

	private final List<Place> places = new ArrayList<>();

	Citations(ChatGptFields fields) {
		this.fields = fields;
	}

	/**
	 * Reads an element of {@code content_references}, which contains the text of its
	 * mark.
	 * @param json the parser, at the beginning of the element
	 */
	void readReference(JsonParser json) {
		Reference reference = new Reference();
		this.fields.each(json, reference::read);
		String mark = reference.mark;
		if (mark != null && isMark(mark) && this.replacements.size() < MAX_MARKS) {
			this.replacements.putIfAbsent(mark, reference.shown());
		}
	}

	/**
	 * Reads an element of {@code citations}, which contains the position of its mark.
	 * @param json the parser, at the beginning of the element
	 */
	void readCitation(JsonParser json) {
		Reference reference = new Reference();
		Double[] place = new Double[2];
		this.fields.each(json, (inner, name) -> {
			switch (name) {
				case "start_ix" -> place[0] = this.fields.number(inner);
				case "end_ix" -> place[1] = this.fields.number(inner);
				case "metadata" -> JsonFields.each(inner, (field) -> reference.read(inner, field));
				default -> {
					// Other fields, such as the format of the mark, are not needed.
				}
			}
		});
		if (place[0] != null && place[1] != null && this.places.size() < MAX_MARKS) {
			this.places.add(new Place(place[0].intValue(), place[1].intValue(), reference.shown()));
		}
	}

	private static boolean isMark(String text) {
		return text.startsWith("\uE200") || text.startsWith("【");
	}

	/**
	 * Replaces the marks of an answer by links.
	 * @param text the answer
	 * @return the answer with links
	 */
	String resolve(String text) {
		resolvePlaces(text);
		String linked = MARK.matcher(text)
			.replaceAll((mark) -> Matcher.quoteReplacement(shown(mark.group(1), mark.group(2))));
		return BLOCK.matcher(linked).replaceAll("");
	}

	private void resolvePlaces(String text) {
		int[] codePoints = this.places.isEmpty() ? new int[0] : text.codePoints().toArray();
		this.places.forEach((place) -> {
			String mark = place.in(codePoints);
			if (isMark(mark)) {
				this.replacements.putIfAbsent(mark, place.shown());
			}
		});
	}

	private String shown(String blank, String mark) {
		String known = this.replacements.getOrDefault(mark, "");
		if (!known.isEmpty()) {
			return (blank.isEmpty() && known.startsWith("(")) ? " " + known : blank + known;
		}
		if (!mark.startsWith("\uE200")) {
			return blank + mark;
		}
		Matcher entity = ENTITY.matcher(mark);
		if (entity.matches()) {
			return blank + entity.group(1);
		}
		if (mark.startsWith(PICTURES)) {
			this.fields.leaveOut(Omission.PICTURE);
		}
		return "";
	}

	/**
	 * A source of an older answer.
	 *
	 * @param start the start of the mark, in code points from the beginning of the answer
	 * @param end the end of the mark, in code points from the beginning of the answer
	 * @param shown the text that replaces the mark
	 */
	private record Place(int start, int end, String shown) {

		private String in(int[] text) {
			boolean within = this.start >= 0 && this.end > this.start && this.end <= text.length;
			return (within && this.end - this.start <= MAX_CHARS) ? new String(text, this.start, this.end - this.start)
					: "";
		}

	}

	/** The source of a mark, while it is read. */
	private static final class Reference {

		private final List<Link> links = new ArrayList<>();

		private final Link own = new Link();

		private @Nullable String mark;

		private @Nullable String alt;

		private void read(JsonParser json, String name) {
			switch (name) {
				case "matched_text" -> this.mark = bounded(json);
				case "alt" -> this.alt = bounded(json);
				case "items", "fallback_items", "sources" -> JsonFields.elements(json, () -> readItem(json));
				default -> this.own.read(json, name);
			}
		}

		private void readItem(JsonParser json) {
			Link link = new Link();
			List<Link> supporting = new ArrayList<>();
			JsonFields.each(json, (name) -> {
				if (name.equals("supporting_websites")) {
					JsonFields.elements(json, () -> {
						Link more = Link.of(json);
						if (supporting.size() < MAX_LINKS) {
							supporting.add(more);
						}
					});
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

		private String shown() {
			this.links.add(this.own);
			List<String> shown = this.links.stream()
				.map(Link::markdown)
				.filter((link) -> !link.isEmpty())
				.distinct()
				.limit(MAX_LINKS)
				.toList();
			if (!shown.isEmpty()) {
				return "(" + String.join(", ", shown) + ")";
			}
			String other = (this.alt != null) ? this.alt : this.own.name();
			return MARK.matcher(BLOCK.matcher(other).replaceAll("")).replaceAll("");
		}

	}

	private static @Nullable String bounded(JsonParser json) {
		String text = JsonFields.textOrNull(json);
		return (text != null && text.length() <= MAX_CHARS) ? text : null;
	}

	/** The address and the names of a source, while they are read. */
	private static final class Link {

		private @Nullable String url;

		private @Nullable String title;

		private @Nullable String attribution;

		private static Link of(JsonParser json) {
			Link link = new Link();
			JsonFields.each(json, (name) -> link.read(json, name));
			return link;
		}

		private void read(JsonParser json, String name) {
			switch (name) {
				case "url" -> this.url = bounded(json);
				case "title", "name" -> this.title = bounded(json);
				case "attribution" -> this.attribution = bounded(json);
				default -> {
					// Other fields, such as dates and excerpts, are not needed.
				}
			}
		}

		private String name() {
			return (this.attribution != null && !this.attribution.isBlank()) ? this.attribution
					: (this.title != null) ? this.title : "";
		}

		private String markdown() {
			if (this.url == null || !ADDRESS.matcher(this.url).matches()) {
				return "";
			}
			String label = ChatGptContent.line(name(), this.url).replaceAll("([\\\\\\[\\]])", "\\\\$1");
			return "[" + label + "](" + this.url.replace("(", "%28").replace(")", "%29") + ")";
		}

	}

}
