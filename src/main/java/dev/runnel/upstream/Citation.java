package dev.runnel.upstream;

import java.util.Objects;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A page of the web that an answer cites.
 *
 * @param url the address, http or https
 * @param title the title, in one line; null if unknown
 */
public record Citation(String url, @Nullable String title) {

	/** The maximum number of citations of an answer. */
	public static final int MAX = 100;

	private static final int TITLE_CHARS = 300;

	private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s<>\"\\p{Cntrl}]{1,2000}");

	/**
	 * Checks untrusted values.
	 * @param url the address; null if there is none
	 * @param title the title; null if there is none
	 * @return the citation; null if the address is missing, not http or https, or too
	 * long
	 */
	public static @Nullable Citation of(@Nullable String url, @Nullable String title) {
		if (url == null || !ADDRESS.matcher(url).matches()) {
			return null;
		}
		String line = WellFormed.storable(Objects.requireNonNullElse(title, "")).replaceAll("\\s+", " ").strip();
		return new Citation(WellFormed.storable(url), line.isEmpty() ? null : shortened(line));
	}

	private static String shortened(String line) {
		int end = Math.min(line.length(), TITLE_CHARS);
		return line.substring(0,
				(end < line.length() && Character.isHighSurrogate(line.charAt(end - 1))) ? end - 1 : end);
	}

	/**
	 * Returns the name to show.
	 * @return the title, or the address if there is none
	 */
	public String name() {
		return (this.title != null) ? this.title : this.url;
	}

}
