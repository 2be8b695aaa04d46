package dev.runnel.conversation.store;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Folds characters for the search, so that a word is found in any spelling: composed or
 * decomposed, with or without accents, in upper case, in full width.
 * <p>
 * A text is folded character by character, each with its combining marks. So the position
 * of a folded character in the text stays known.
 */
final class Folding {

	/**
	 * The maximum length of a character with its marks, in UTF-16 units. More marks do
	 * not occur in real text.
	 */
	private static final int MAX_UNITS = 32;

	/** Scripts whose marks are optional in writing. */
	private static final Set<UnicodeScript> MARKED_AT_WILL = EnumSet.of(UnicodeScript.INHERITED, UnicodeScript.LATIN,
			UnicodeScript.GREEK, UnicodeScript.CYRILLIC, UnicodeScript.ARABIC, UnicodeScript.HEBREW,
			UnicodeScript.SYRIAC);

	/**
	 * Letters that Unicode does not decompose, with the letters that people type instead.
	 */
	private static final Map<Integer, String> SPELLINGS = Map.ofEntries(Map.entry((int) 'ß', "ss"),
			Map.entry((int) 'ı', "i"), Map.entry((int) 'ø', "o"), Map.entry((int) 'ł', "l"), Map.entry((int) 'đ', "d"),
			Map.entry((int) 'ð', "d"), Map.entry((int) 'þ', "th"), Map.entry((int) 'æ', "ae"),
			Map.entry((int) 'œ', "oe"), Map.entry((int) 'ħ', "h"), Map.entry((int) 'ς', "σ"),
			Map.entry(0x0649, "\u064a"), Map.entry(0x06cc, "\u064a"), Map.entry(0x06a9, "\u0643"),
			Map.entry(0x0629, "\u0647"), Map.entry(0x06c1, "\u0647"));

	private static final int TATWEEL = 0x0640;

	/** The marks of voiced kana, which make other letters of them. */
	private static final String VOICED = "\u3099\u309a";

	private Folding() {
	}

	/**
	 * Folds a character with its combining marks.
	 * @param text any text
	 * @param begin the index of the character
	 * @param end the index after the character, from {@link Characters#end}
	 * @return the folded character; may be longer than the original, or empty
	 */
	static String fold(String text, int begin, int end) {
		StringBuilder folded = new StringBuilder();
		fold(text, begin, end, folded);
		return folded.toString();
	}

	/**
	 * Folds a character with its combining marks into a longer text, without an object
	 * for a plain letter.
	 * @param text any text
	 * @param begin the index of the character
	 * @param end the index after the character, from {@link Characters#end}
	 * @param folded the text to extend
	 */
	static void fold(String text, int begin, int end, StringBuilder folded) {
		char first = text.charAt(begin);
		if (end - begin == 1 && isPlain(first)) {
			folded.append(Character.toLowerCase(first));
		}
		else {
			folded.append(foldUnusual(text, begin, end));
		}
	}

	private static String foldUnusual(String text, int begin, int end) {
		String whole = text.substring(begin, Math.min(end, begin + MAX_UNITS));
		StringBuilder folded = new StringBuilder();
		Normalizer.normalize(whole, Normalizer.Form.NFKD)
			.codePoints()
			.filter((character) -> !isIgnored(character))
			.map(Character::toLowerCase)
			.forEach((letter) -> append(folded, letter));
		return Normalizer.normalize(folded, Normalizer.Form.NFC);
	}

	/**
	 * Whether a letter folds to itself or to its lower case. This is the fast path for
	 * English, Chinese and Korean.
	 */
	private static boolean isPlain(int letter) {
		return letter < 0x80 || Characters.isIn(letter, 0x4e00, 0x9fff) || Characters.isIn(letter, 0xac00, 0xd7a3);
	}

	private static boolean isIgnored(int character) {
		return character == TATWEEL || Character.getType(character) == Character.FORMAT || isOptionalMark(character);
	}

	private static boolean isOptionalMark(int character) {
		return Characters.isMark(character) && VOICED.indexOf(character) < 0
				&& MARKED_AT_WILL.contains(UnicodeScript.of(character));
	}

	private static void append(StringBuilder folded, int letter) {
		String spelling = SPELLINGS.get(letter);
		if (spelling != null) {
			folded.append(spelling);
		}
		else {
			folded.appendCodePoint(letter);
		}
	}

}
