package dev.runnel.conversation.store;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a visitor looks for.
 *
 * @param words what the index is asked for: all of them must be in a text, each as the
 * beginning of a word as {@link WordReader} reads it
 * @param terms what is marked: runs of letters as they were typed, folded
 */
record SearchQuery(List<String> words, List<String> terms) {

	/** More than anybody types. */
	private static final int MAX_WORDS = 32;

	/**
	 * Reads a query.
	 * @param query any text
	 * @return its words, each once
	 */
	static SearchQuery of(String query) {
		Set<String> words = new LinkedHashSet<>();
		List<String> terms = new ArrayList<>();
		WordReader reader = new WordReader(query);
		int end = 0;
		while (words.size() < MAX_WORDS && reader.next()) {
			boolean goesOn = reader.isUnspaced() && !terms.isEmpty() && reader.begin() < end;
			if (goesOn && !reader.isRest()) {
				terms.add(terms.remove(terms.size() - 1) + lastLetter(query, reader));
			}
			else if (!goesOn) {
				terms.add(reader.word());
			}
			if (!reader.isRest()) {
				words.add(reader.word());
			}
			end = reader.end();
		}
		return new SearchQuery(List.copyOf(words), List.copyOf(terms));
	}

	private static String lastLetter(String query, WordReader reader) {
		return Folding.fold(query, Folding.end(query, reader.begin()), reader.end());
	}

}
