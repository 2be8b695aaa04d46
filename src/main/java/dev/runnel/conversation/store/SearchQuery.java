package dev.runnel.conversation.store;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A search query.
 *
 * @param words the words for the index; a text must have all of them, each as the
 * beginning of a word that {@link WordReader} reads
 * @param terms the terms to mark in a snippet: folded runs of letters, as they were typed
 */
record SearchQuery(List<String> words, List<String> terms) {

	/** The maximum number of words: more than anybody types. */
	private static final int MAX_WORDS = 32;

	/**
	 * Parses a query.
	 * @param query any text
	 * @return the query; its words are distinct
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
