package dev.runnel.upstream.openrouter;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Prepares text of upstream for one line of the log file: no key, no account, no line
 * breaks, limited length.
 */
final class LogText {

	private static final int MAX_CHARS = 400;

	private static final Pattern SECRET = Pattern.compile("\\b(?:sk-|user_|org-)[\\w*-]{4,}");

	private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");

	private final @Nullable String key;

	LogText(@Nullable String key) {
		this.key = key;
	}

	/**
	 * Cleans a text.
	 * @param text any text
	 * @return one line
	 */
	String clean(String text) {
		String open = (this.key != null) ? text.replace(this.key, "[key]") : text;
		String line = UNPRINTABLE.matcher(SECRET.matcher(open).replaceAll("[secret]")).replaceAll("\u00b7");
		return (line.length() <= MAX_CHARS) ? line : line.substring(0, MAX_CHARS) + "\u2026";
	}

}
