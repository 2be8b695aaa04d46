package dev.runnel.markdown;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The links between a reference and its {@link Footnote}. The HTML of an answer has no
 * ids, because another answer of the page could have the same ones. So a page either
 * follows these links by script, or {@linkplain #withIds adds the ids}.
 */
final class FootnoteLinks {

	/** The HTML before the number of a reference. */
	static final String REFERENCE = "<sup class=\"note-ref\">";

	/** The HTML before the number of a note. */
	static final String NOTE = "<div class=\"note\"><sup>";

	static final String TO_NOTE = "note-";

	static final String TO_REFERENCE = "note-ref-";

	/**
	 * The start of a reference or a note. Only the renderer writes these classes, so text
	 * cannot imitate it.
	 */
	private static final Pattern LINK = Pattern
		.compile("<(sup|div) class=\"(note|note-ref)\">(<sup>)?<a href=\"#(note|note-ref)-(\\d+)\">");

	private FootnoteLinks() {
	}

	/** Writes a number that is a link. */
	static void append(StringBuilder out, String target, int number) {
		out.append("<a href=\"#").append(target).append(number).append("\">").append(number).append("</a>");
	}

	/**
	 * Adds the ids that the links lead to: to each note, and to the first reference to
	 * it.
	 * @param html HTML of the renderer
	 * @param name the beginning of all ids, different for each answer of a page
	 */
	static String withIds(String html, String name) {
		Set<String> ids = new HashSet<>();
		return LINK.matcher(html).replaceAll((link) -> {
			String id = name + '-' + link.group(2) + '-' + link.group(5);
			String attribute = ids.add(id) ? " id=\"" + id + '"' : "";
			String inner = (link.group(3) == null) ? "" : link.group(3);
			return Matcher.quoteReplacement("<" + link.group(1) + " class=\"" + link.group(2) + '"' + attribute + '>'
					+ inner + "<a href=\"#" + name + '-' + link.group(4) + '-' + link.group(5) + "\">");
		});
	}

}
