package dev.runnel.conversation.store;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.runnel.conversation.SearchHit.Snippet;
import org.jspecify.annotations.Nullable;

/**
 * Builds snippets that show where a text matches a query.
 */
final class Snippets {

	/** The number of characters before the first match: few, because lists are narrow. */
	private static final int BEFORE = 24;

	/** How far to look back for the start of a character with its marks. */
	private static final int MAX_MARKS = 16;

	/** The number of characters of a text that a snippet covers. */
	private static final int SHOWN = 200;

	/** The Markdown marks of headings, quotations, strong text, code and escapes. */
	private static final Pattern MARKS = Pattern.compile("^ {0,3}(?:#{1,6}|>) +|\\*{2,3}|`+|\\\\(?=\\p{Punct})",
			Pattern.MULTILINE);

	private static final Pattern SPACE = Pattern.compile("[\\s\\p{Cntrl}]+");

	private Snippets() {
	}

	/**
	 * Builds the snippet of a text, with the matches marked.
	 * @param text any text
	 * @param query the query
	 * @return the pieces in one line, without the marks of Markdown; no piece is a hit if
	 * the text does not match
	 */
	static List<Snippet> of(String text, SearchQuery query) {
		Hit whole = find(text, 0, query.terms());
		return (whole != null) ? pieces(text, query.terms(), whole)
				: pieces(text, query.words(), find(text, 0, query.words()));
	}

	/**
	 * Returns whether a text matches a query as the index does.
	 * @param text any text
	 * @param query the query
	 * @return true if the text has all the words
	 */
	static boolean hasAll(String text, SearchQuery query) {
		return query.words().stream().allMatch((word) -> find(text, 0, List.of(word)) != null);
	}

	private static List<Snippet> pieces(String text, List<String> terms, @Nullable Hit first) {
		int start = start(text, first);
		int end = boundary(text, Math.min(text.length(), start + SHOWN));
		List<Snippet> pieces = new ArrayList<>();
		String cut = dots(start > 0);
		int done = start;
		for (Hit hit = first; hit != null && hit.end() <= end; hit = find(text, hit.end(), terms)) {
			add(pieces, cut + unmarked(text, done, hit.begin()), false);
			add(pieces, text.substring(hit.begin(), hit.end()), true);
			cut = "";
			done = hit.end();
		}
		add(pieces, cut + unmarked(text, done, Math.max(done, end)) + dots(end < text.length()), false);
		return List.copyOf(pieces);
	}

	private static int start(String text, @Nullable Hit first) {
		return (first != null) ? boundary(text, Math.max(0, first.begin() - BEFORE)) : 0;
	}

	private static String dots(boolean cut) {
		return cut ? "…" : "";
	}

	/** Removes Markdown marks, which have no meaning in one line. */
	private static String unmarked(String text, int from, int to) {
		Matcher marks = MARKS.matcher(text).region(from, to).useTransparentBounds(true).useAnchoringBounds(false);
		StringBuilder plain = new StringBuilder(to - from);
		int done = from;
		while (marks.find()) {
			plain.append(text, done, marks.start());
			done = marks.end();
		}
		return plain.append(text, done, to).toString();
	}

	private static void add(List<Snippet> pieces, String text, boolean hit) {
		String line = SPACE.matcher(text).replaceAll(" ");
		if (!line.isEmpty()) {
			pieces.add(new Snippet(line, hit));
		}
	}

	/** Finds the longest match at the first matching position. */
	private static @Nullable Hit find(String text, int from, List<String> terms) {
		WordReader reader = new WordReader(text, from);
		while (reader.next()) {
			int end = longest(reader, terms);
			if (end > reader.begin()) {
				return new Hit(reader.begin(), end);
			}
		}
		return null;
	}

	/** Uses a loop instead of a stream, because it runs for each word of a text. */
	private static int longest(WordReader reader, List<String> terms) {
		int end = -1;
		for (String term : terms) {
			end = Math.max(end, reader.match(term));
		}
		return end;
	}

	/** Moves an index so that it is never between a character and its marks. */
	private static int boundary(String text, int index) {
		int at = characterBefore(text, index);
		while (at < index) {
			int end = Characters.end(text, at);
			if (end > index) {
				return at;
			}
			at = end;
		}
		return at;
	}

	/** Returns the beginning of a character that is far enough before an index. */
	private static int characterBefore(String text, int index) {
		int at = Math.max(0, index - MAX_MARKS);
		return (at > 0 && Character.isLowSurrogate(text.charAt(at))) ? at + 1 : at;
	}

	/**
	 * A match in the text.
	 *
	 * @param begin the index of its first character
	 * @param end the index after its last character
	 */
	private record Hit(int begin, int end) {
	}

}
