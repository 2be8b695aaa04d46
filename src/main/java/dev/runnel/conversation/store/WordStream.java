package dev.runnel.conversation.store;

import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/**
 * Passes the words of a text to Lucene, one after another.
 */
final class WordStream extends TokenStream {

	private final CharTermAttribute term = addAttribute(CharTermAttribute.class);

	private final String text;

	private WordReader words;

	WordStream(String text) {
		this.text = text;
		this.words = new WordReader(text);
	}

	@Override
	public void reset() {
		this.words = new WordReader(this.text);
	}

	@Override
	public boolean incrementToken() {
		clearAttributes();
		if (!this.words.next()) {
			return false;
		}
		this.term.append(this.words.word());
		return true;
	}

}
