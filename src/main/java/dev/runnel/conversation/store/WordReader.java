package dev.runnel.conversation.store;

/**
 * Reads the words of a text one after another, folded, each with its position. A word is
 * a run of letters and digits. In a script without spaces between words, each letter is
 * read together with the next one. So any part of a sentence can be found without a
 * dictionary. Not thread-safe.
 */
final class WordReader {

	/**
	 * The maximum length of a word. Longer words are cut, both in a query and in a text.
	 */
	static final int MAX_LENGTH = 100;

	private final String text;

	private int index;

	private int begin;

	private int end;

	private String word = "";

	/** Whether the previous word already includes this letter. */
	private boolean rest;

	WordReader(String text) {
		this(text, 0);
	}

	WordReader(String text, int from) {
		this.text = text;
		this.index = from;
	}

	/**
	 * Moves to the next word.
	 * @return false if there is no further word
	 */
	boolean next() {
		int before = this.end;
		do {
			skip();
			if (this.index >= this.text.length()) {
				return false;
			}
			this.begin = this.index;
			if (Characters.isUnspaced(this.text.codePointAt(this.begin))) {
				this.rest = this.begin < before;
				readPair();
			}
			else {
				this.rest = false;
				readRun();
			}
		}
		while (this.word.isEmpty());
		return true;
	}

	private void skip() {
		while (this.index < this.text.length() && !Characters.isLetter(this.text.codePointAt(this.index))) {
			this.index += Character.charCount(this.text.codePointAt(this.index));
		}
	}

	private void readPair() {
		int middle = Characters.end(this.text, this.begin);
		this.word = Folding.fold(this.text, this.begin, middle);
		this.end = middle;
		this.index = middle;
		if (isUnspacedAt(middle)) {
			this.end = Characters.end(this.text, middle);
			this.word += Folding.fold(this.text, middle, this.end);
		}
	}

	private void readRun() {
		StringBuilder folded = new StringBuilder();
		while (this.index < this.text.length() && isSpacedAt(this.index)) {
			int next = Characters.end(this.text, this.index);
			if (folded.length() < MAX_LENGTH) {
				Folding.fold(this.text, this.index, next, folded);
			}
			this.index = next;
		}
		this.end = this.index;
		folded.setLength(Math.min(folded.length(), MAX_LENGTH));
		this.word = folded.toString();
	}

	private boolean isSpacedAt(int at) {
		int letter = this.text.codePointAt(at);
		return Characters.isLetter(letter) && !Characters.isUnspaced(letter);
	}

	private boolean isUnspacedAt(int at) {
		return at < this.text.length() && Characters.isLetter(this.text.codePointAt(at))
				&& Characters.isUnspaced(this.text.codePointAt(at));
	}

	/** Returns the word in its folded, indexed form. */
	String word() {
		return this.word;
	}

	/** Returns whether the word is only the second letter of the previous pair. */
	boolean isRest() {
		return this.rest && this.end == Characters.end(this.text, this.begin);
	}

	boolean isUnspaced() {
		return Characters.isUnspaced(this.text.codePointAt(this.begin));
	}

	int begin() {
		return this.begin;
	}

	int end() {
		return this.end;
	}

	/**
	 * Matches a typed term at the position of this word.
	 * @param term the folded term: a run of letters without spaces, or the beginning of a
	 * word
	 * @return the index in the text after the match; -1 for no match
	 */
	int match(String term) {
		if (isUnspaced() != Characters.isUnspaced(term.codePointAt(0))) {
			return -1;
		}
		if (!isUnspaced()) {
			return this.word.startsWith(term) ? this.end : -1;
		}
		StringBuilder run = new StringBuilder();
		int at = this.begin;
		while (run.length() < term.length() && isUnspacedAt(at)) {
			int next = Characters.end(this.text, at);
			Folding.fold(this.text, at, next, run);
			at = next;
		}
		return (run.indexOf(term) == 0) ? at : -1;
	}

}
