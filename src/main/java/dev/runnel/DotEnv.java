package dev.runnel;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses a {@code .env} file. Each entry is a name and a value, optionally with
 * {@code export} before the name, blanks around the equals sign and a comment after the
 * value. A value in single quotes is literal, a value in double quotes may contain
 * escapes, and both may span lines. The available libraries support neither
 * {@code export} nor escapes nor a {@code #} inside a value.
 */
final class DotEnv {

	/** The characters that a letter behind a backslash means. */
	private static final Map<String, String> ESCAPES = Map.of("n", "\n", "r", "\r", "t", "\t");

	private static final String BYTE_ORDER_MARK = "\uFEFF";

	private static final Pattern SKIPPED = Pattern.compile("[ \\t]*(?:#[^\\n]*)?(?:\\n|\\z)");

	/** An entry. A comment starts with a blank and a number sign. */
	private static final Pattern ENTRY = Pattern
		.compile("[ \\t]*(?:export[ \\t]+)?([A-Za-z_][\\w.-]*)[ \\t]*=(?:[ \\t]*'([^']*+)'[ \\t]*(?:#[^\\n]*)?"
				+ "|[ \\t]*\"([^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+)\"[ \\t]*(?:#[^\\n]*)?"
				+ "|(?![ \\t]*['\"])([^\\n]*))(?:\\n|\\z)", Pattern.DOTALL);

	private static final Pattern NOTE = Pattern.compile("[ \\t]#.*");

	private static final Pattern ESCAPE = Pattern.compile("\\\\([nrt\"\\\\$])");

	private DotEnv() {
	}

	/**
	 * Parses a file.
	 * @param text the text of the file
	 * @return the values by name; the last value of a repeated name
	 * @throws IllegalArgumentException if a line is not an entry; the message contains
	 * the line number but not the line, which may contain a key
	 */
	static Map<String, String> parse(String text) {
		String lines = text.replaceFirst("^" + BYTE_ORDER_MARK, "").replace("\r\n", "\n");
		Map<String, String> values = new LinkedHashMap<>();
		Matcher skipped = SKIPPED.matcher(lines);
		Matcher entry = ENTRY.matcher(lines);
		int at = 0;
		while (at < lines.length()) {
			if (skipped.region(at, lines.length()).lookingAt()) {
				at = skipped.end();
			}
			else if (entry.region(at, lines.length()).lookingAt()) {
				values.put(entry.group(1), value(entry));
				at = entry.end();
			}
			else {
				throw new IllegalArgumentException("RUNNEL_ENV_FILE (or .env) names a file whose line "
						+ (lines.substring(0, at).lines().count() + 1) + " is not NAME=value");
			}
		}
		return values;
	}

	private static String value(MatchResult entry) {
		if (entry.group(2) != null) {
			return entry.group(2);
		}
		if (entry.group(3) != null) {
			return ESCAPE.matcher(entry.group(3))
				.replaceAll((found) -> Matcher.quoteReplacement(escaped(found.group(1))));
		}
		return NOTE.matcher(entry.group(4)).replaceFirst("").strip();
	}

	private static String escaped(String letter) {
		return ESCAPES.getOrDefault(letter, letter);
	}

}
