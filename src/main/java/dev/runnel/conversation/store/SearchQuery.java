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
		Reading reading = new Reading(query);
		WordReader reader = new WordReader(query);
		while (reading.words.size() < MAX_WORDS && reader.next()) {
			reading.add(reader);
		}
		return new SearchQuery(List.copyOf(reading.words), List.copyOf(reading.terms));
	}

	/** A query, while its words are read. */
	private static final class Reading {

		private final String query;

		private final Set<String> words = new LinkedHashSet<>();

		private final List<String> terms = new ArrayList<>();

		/** The end of the word that was read last. */
		private int end;

		Reading(String query) {
			this.query = query;
		}

		private void add(WordReader reader) {
			addTerm(reader);
			if (!reader.isRest()) {
				this.words.add(reader.word());
			}
			this.end = reader.end();
		}

		private void addTerm(WordReader reader) {
			if (!goesOn(reader)) {
				this.terms.add(reader.word());
			}
			else if (!reader.isRest()) {
				this.terms.add(this.terms.remove(this.terms.size() - 1) + lastLetter(reader));
			}
		}

		private boolean goesOn(WordReader reader) {
			return reader.isUnspaced() && !this.terms.isEmpty() && reader.begin() < this.end;
		}

		private String lastLetter(WordReader reader) {
			return Folding.fold(this.query, Characters.end(this.query, reader.begin()), reader.end());
		}

	}

}
