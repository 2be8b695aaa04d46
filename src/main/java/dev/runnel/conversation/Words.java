package dev.runnel.conversation;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The words of a text: runs of letters and digits, in lower case.
 */
final class Words {

	/** More words than anybody types. */
	private static final int MAX_WORDS = 16;

	/** What is longer is cut, in a query and in a text alike. */
	static final int MAX_LENGTH = 100;

	/**
	 * How much of a text is shown before the first word found: little, as lists are
	 * narrow.
	 */
	private static final int BEFORE = 24;

	/** How much of a text is shown in all. */
	private static final int SHOWN = 200;

	/** Headings, quotations, strong text, code and escapes. */
	private static final Pattern MARKS = Pattern.compile("^ {0,3}(?:#{1,6}|>) +|\\*{2,3}|`+|\\\\(?=\\p{Punct})",
			Pattern.MULTILINE);

	private Words() {
	}

	/**
	 * The words of a query.
	 * @param query any text
	 * @return its words, each once
	 */
	static List<String> ofQuery(String query) {
		Set<String> words = new LinkedHashSet<>();
		Word word = Word.first(query);
		while (word != null && words.size() < MAX_WORDS) {
			words.add(word.text(query));
			word = word.next(query);
		}
		return List.copyOf(words);
	}

	/**
	 * Shows a piece of a text with the words marked.
	 * @param text any text
	 * @param words beginnings of words
	 * @return the pieces, in one line and without the marks of Markdown; without a mark
	 * where no word is in the text
	 */
	static List<Snippet> snippet(String text, List<String> words) {
		Word first = find(text, Word.first(text), words);
		int begin = (first != null) ? first.begin() : 0;
		int start = boundary(text, Math.max(0, begin - BEFORE));
		int end = boundary(text, Math.min(text.length(), start + SHOWN));
		List<Snippet> pieces = new ArrayList<>();
		int done = start;
		for (Word hit = first; hit != null && hit.end() <= end; hit = find(text, hit.next(text), words)) {
			add(pieces, ((done == start && start > 0) ? "…" : "") + unmarked(text, done, hit.begin()), false);
			add(pieces, text.substring(hit.begin(), hit.end()), true);
			done = hit.end();
		}
		add(pieces, ((done == start && start > 0) ? "…" : "") + unmarked(text, done, Math.max(done, end))
				+ ((end < text.length()) ? "…" : ""), false);
		return List.copyOf(pieces);
	}

	/** Without the marks of Markdown that would say nothing in one line. */
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
		String line = text.replaceAll("[\\s\\p{Cntrl}]+", " ");
		if (!line.isEmpty()) {
			pieces.add(new Snippet(line, hit));
		}
	}

	private static @Nullable Word find(String text, @Nullable Word from, List<String> words) {
		for (Word word = from; word != null; word = word.next(text)) {
			String found = word.text(text);
			if (words.stream().anyMatch(found::startsWith)) {
				return word;
			}
		}
		return null;
	}

	/** Never within a pair of surrogates. */
	private static int boundary(String text, int index) {
		boolean within = index > 0 && index < text.length() && Character.isLowSurrogate(text.charAt(index))
				&& Character.isHighSurrogate(text.charAt(index - 1));
		return within ? index - 1 : index;
	}

	/**
	 * Where a word is.
	 *
	 * @param begin its first character
	 * @param end behind its last character
	 */
	record Word(int begin, int end) {

		static @Nullable Word first(String text) {
			return from(text, 0);
		}

		@Nullable Word next(String text) {
			return from(text, this.end);
		}

		private static @Nullable Word from(String text, int index) {
			int begin = index;
			while (begin < text.length() && !Character.isLetterOrDigit(text.codePointAt(begin))) {
				begin += Character.charCount(text.codePointAt(begin));
			}
			int end = begin;
			while (end < text.length() && Character.isLetterOrDigit(text.codePointAt(end))) {
				end += Character.charCount(text.codePointAt(end));
			}
			return (end > begin) ? new Word(begin, end) : null;
		}

		String text(String whole) {
			return whole.substring(this.begin, Math.min(this.end, this.begin + MAX_LENGTH)).toLowerCase(Locale.ROOT);
		}

	}

}
