package dev.runnel.conversation.store;

import java.lang.Character.UnicodeScript;
import java.util.EnumSet;
import java.util.Set;

/**
 * Says how the characters of a text belong together: into words, and to the character
 * before them.
 */
final class Characters {

	/**
	 * Scripts without spaces between words. Korean has spaces, but it joins endings to
	 * its words.
	 */
	private static final Set<UnicodeScript> UNSPACED = EnumSet.of(UnicodeScript.HAN, UnicodeScript.HIRAGANA,
			UnicodeScript.KATAKANA, UnicodeScript.BOPOMOFO, UnicodeScript.HANGUL, UnicodeScript.YI, UnicodeScript.THAI,
			UnicodeScript.LAO, UnicodeScript.KHMER, UnicodeScript.MYANMAR, UnicodeScript.TIBETAN);

	/** Soft hyphen, joiners, and the half-width marks of kana. */
	private static final String JOINERS = "\u00ad\u200c\u200d\u2060\uff9e\uff9f";

	private Characters() {
	}

	/**
	 * Whether a character is part of a word.
	 * @param character a code point
	 * @return true for letters and digits
	 */
	static boolean isLetter(int character) {
		return Character.isLetterOrDigit(character) || Character.getType(character) == Character.LETTER_NUMBER;
	}

	/**
	 * Whether a letter belongs to a script without spaces between words.
	 * @param letter a code point
	 * @return true for a letter of such a script
	 */
	static boolean isUnspaced(int letter) {
		return letter >= 0x0e00 && (isProlongedSound(letter) || UNSPACED.contains(UnicodeScript.of(letter)));
	}

	/**
	 * The prolonged sound mark is common to both kana, so Unicode assigns it to neither
	 * script.
	 */
	private static boolean isProlongedSound(int letter) {
		return letter == 0x30fc || letter == 0xff70;
	}

	/**
	 * Finds the end of a character with its combining marks.
	 * @param text any text
	 * @param begin the index of the character
	 * @return the index after its last mark
	 */
	static int end(String text, int begin) {
		int end = begin + Character.charCount(text.codePointAt(begin));
		while (end < text.length() && isJoined(text.codePointAt(end))) {
			end += Character.charCount(text.codePointAt(end));
		}
		return end;
	}

	/**
	 * Whether a character belongs to the one before it: combining marks, joiners, soft
	 * hyphens, and the later parts of a Hangul syllable.
	 */
	private static boolean isJoined(int character) {
		return character >= 0xad && (isJoiner(character) || isMark(character));
	}

	private static boolean isJoiner(int character) {
		return JOINERS.indexOf(character) >= 0 || isIn(character, 0x1160, 0x11ff) || isIn(character, 0xd7b0, 0xd7ff);
	}

	/** Whether a character is in a range, whose ends are included. */
	static boolean isIn(int character, int first, int last) {
		return character >= first && character <= last;
	}

	/** Whether a character is a combining mark. */
	static boolean isMark(int character) {
		int type = Character.getType(character);
		return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK
				|| type == Character.ENCLOSING_MARK;
	}

}
