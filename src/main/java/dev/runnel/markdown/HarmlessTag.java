package dev.runnel.markdown;

import java.util.Locale;
import java.util.Set;

/**
 * The HTML tags that models use where Markdown has no mark. They are read only without
 * attributes. Every other tag is shown as text.
 */
final class HarmlessTag {

	/** The maximum depth of nested elements. Tags of deeper elements stay text. */
	static final int MAX_DEPTH = 20;

	private static final Set<String> NAMES = Set.of("sub", "sup", "kbd", "mark", "u", "s");

	private static final Set<String> BREAKS = Set.of("br", "br/", "br /");

	private HarmlessTag() {
	}

	static boolean opens(String tag) {
		return NAMES.contains(name(tag)) && tag.charAt(1) != '/';
	}

	static boolean closes(String tag) {
		return NAMES.contains(name(tag)) && tag.charAt(1) == '/';
	}

	/**
	 * The name of a tag without attributes; another text for any other tag.
	 */
	static String name(String tag) {
		int start = tag.startsWith("</") ? 2 : 1;
		return (tag.length() > start) ? tag.substring(start, tag.length() - 1).toLowerCase(Locale.ROOT) : "";
	}

	/**
	 * Whether a tag is a line break, in one of its three spellings.
	 */
	static boolean isBreak(String tag) {
		return !tag.startsWith("</") && BREAKS.contains(name(tag));
	}

}
