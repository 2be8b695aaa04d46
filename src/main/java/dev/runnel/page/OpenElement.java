package dev.runnel.page;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An element that is open at the place where HTML is cut.
 *
 * @param name the element's name
 * @param markup its start tag, or more markup that must be repeated
 * @param start the index of the markup
 * @param items for a list: the number of its items so far
 */
record OpenElement(String name, String markup, int start, int items) {

	private static final Set<String> VOID = Set.of("br", "hr", "img", "input");

	/** The length of the longest table head that is repeated, in UTF-16 units. */
	private static final int MAX_HEAD_CHARS = 4000;

	private static final Pattern FIRST = Pattern.compile(" start=\"(\\d{1,9})\"");

	/** An id, which only the first piece may have. */
	private static final Pattern ID = Pattern.compile(" id=\"[^\"]*\"");

	static OpenElement of(Matcher tag) {
		return new OpenElement(tag.group(2), tag.group(), tag.start(), 0);
	}

	static boolean isVoid(String name) {
		return VOID.contains(name);
	}

	/** Whether this element contains the source of a formula. */
	boolean isFormula() {
		return this.markup.startsWith("<span class=\"math") || this.markup.startsWith("<div class=\"math");
	}

	/**
	 * The markup that opens these elements again. List items keep their numbers, and
	 * tables repeat their heads.
	 */
	static String opening(List<OpenElement> open) {
		StringBuilder opening = new StringBuilder();
		for (int at = 0; at < open.size(); at++) {
			opening.append(open.get(at).again(at + 1 < open.size()));
		}
		return opening.toString();
	}

	/** Returns this element after another element has begun in it. */
	OpenElement with(Matcher tag, String html) {
		return switch (tag.group(2)) {
			case "li" -> new OpenElement(this.name, this.markup, this.start, this.items + 1);
			case "tbody" -> (tag.start() - this.start <= MAX_HEAD_CHARS)
					? new OpenElement(this.name, html.substring(this.start, tag.start()), this.start, 0) : this;
			default -> this;
		};
	}

	private String again(boolean isWithinItem) {
		return switch (this.name) {
			case "ol" -> "<ol start=\"" + (first() + this.items - (isWithinItem ? 1 : 0)) + "\">";
			case "li", "pre" -> "<" + this.name + " class=\"rest\">";
			default -> ID.matcher(this.markup).replaceAll("");
		};
	}

	private int first() {
		Matcher first = FIRST.matcher(this.markup);
		return first.find() ? Integer.parseInt(first.group(1)) : 1;
	}

}
