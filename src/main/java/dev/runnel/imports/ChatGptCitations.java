package dev.runnel.imports;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import tools.jackson.core.JsonParser;

/**
 * Replaces the citation marks in ChatGPT's answers by links. A mark is enclosed in U+E200
 * and U+E201, or in 【 and 】 in older answers. The metadata contains its source. A newer
 * mark without a source is removed.
 */
final class ChatGptCitations {

	/**
	 * A mark, and the blank before it, which is removed together with the mark. No part
	 * of it goes on beyond the next mark: a text may have any number of marks without an
	 * end.
	 */
	static final Pattern MARK = Pattern.compile("([ \\t]?)(\uE200[^\uE200\uE201]{0,4000}\uE201"
			+ "|\uE200[a-z_]{1,100}\uE202[^\\s\uE200\uE201]{0,4000}$|【[^【】]{1,100}】)");

	/**
	 * The characters around a block that has a source. They have no meaning of their own.
	 */
	static final Pattern BLOCK = Pattern.compile("[\uE203\uE204\uE206]");

	/** A mark of a thing named in the text, with its kind and its name. */
	private static final Pattern ENTITY = Pattern
		.compile("\uE200[a-z_]*entity\uE202\\[\"[^\"]*\",\\s*\"([^\"]{1,200})\".*", Pattern.DOTALL);

	/** The beginning of a newer mark. */
	private static final String NEWER = "\uE200";

	private static final String PICTURES = "\uE200image";

	/**
	 * The maximum number of marks, more than any real answer has. {@code MAX_CHARS} is
	 * longer than any real mark or title.
	 */
	private static final int MAX_MARKS = 1000;

	static final int MAX_CHARS = 4000;

	private final ForeignFields fields;

	/** The text that replaces a mark, by mark. */
	private final Map<String, String> replacements = new HashMap<>();

	private final List<CitedPlace> places = new ArrayList<>();

	ChatGptCitations(ForeignFields fields) {
		this.fields = fields;
	}

	/**
	 * Reads an element of {@code content_references}, which contains the text of its
	 * mark.
	 * @param json the parser, at the beginning of the element
	 */
	void readReference(JsonParser json) {
		CitedReference reference = new CitedReference();
		this.fields.each(json, reference::read);
		if (isMark(reference.mark()) && this.replacements.size() < MAX_MARKS) {
			this.replacements.putIfAbsent(reference.mark(), reference.shown());
		}
	}

	/**
	 * Reads an element of {@code citations}, which contains the position of its mark.
	 * @param json the parser, at the beginning of the element
	 */
	void readCitation(JsonParser json) {
		CitedPlace place = CitedPlace.read(json, this.fields);
		if (place != null && this.places.size() < MAX_MARKS) {
			this.places.add(place);
		}
	}

	private static boolean isMark(String text) {
		return text.startsWith(NEWER) || text.startsWith("【");
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
		if (known.isEmpty()) {
			return mark.startsWith(NEWER) ? withoutSource(blank, mark) : blank + mark;
		}
		return behind(blank, known);
	}

	/** Returns a text with the blank before it. Links in parentheses always have one. */
	private static String behind(String blank, String known) {
		return (blank.isEmpty() && known.startsWith("(")) ? " " + known : blank + known;
	}

	/** Returns the text that replaces a newer mark without a source. */
	private String withoutSource(String blank, String mark) {
		Matcher entity = ENTITY.matcher(mark);
		if (entity.matches()) {
			return blank + entity.group(1);
		}
		if (mark.startsWith(PICTURES)) {
			this.fields.leaveOut(Omission.PICTURE);
		}
		return "";
	}

}
