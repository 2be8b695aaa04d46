package dev.runnel.markdown;

import java.util.Arrays;

import org.commonmark.text.Characters;

/**
 * The characters of Chinese, Japanese and Korean text, as the CJK-friendly amendments to
 * CommonMark define them: wide and half-width characters (Unicode's East Asian Width)
 * that are no emoji, and Hangul. Such text has no blanks between its words.
 */
final class Cjk {

	/** The first and last code point of each range, in ascending order. */
	private static final int[] RANGES = { 0x1100, 0x11FF, 0x20A9, 0x20A9, 0x2329, 0x232A, 0x2630, 0x2637, 0x268A,
			0x268F, 0x2E80, 0x303E, 0x3041, 0x3247, 0x3250, 0xA4C6, 0xA960, 0xA97C, 0xAC00, 0xD7FB, 0xF900, 0xFAFF,
			0xFE10, 0xFE19, 0xFE30, 0xFE6B, 0xFF01, 0xFFEE, 0x16FE0, 0x16FF6, 0x17000, 0x18DF2, 0x1AFF0, 0x1B2FB,
			0x1D300, 0x1D376, 0x1F200, 0x1F200, 0x1F202, 0x1F202, 0x1F210, 0x1F219, 0x1F21B, 0x1F22E, 0x1F230, 0x1F231,
			0x1F237, 0x1F237, 0x1F23B, 0x1F23B, 0x1F240, 0x1F248, 0x1F260, 0x1F265, 0x20000, 0x3FFFD };

	private Cjk() {
	}

	static boolean is(int codePoint) {
		if (codePoint < RANGES[0]) {
			return false;
		}
		int index = Arrays.binarySearch(RANGES, codePoint);
		return index >= 0 || (-index - 1) % 2 == 1;
	}

	/**
	 * Whether a bare address ends before a character: CJK punctuation, or a curly
	 * quotation mark, which Chinese shares with other languages.
	 */
	static boolean endsAddress(int codePoint) {
		return codePoint >= 0x2018
				&& (codePoint <= 0x201F || (is(codePoint) && Characters.isPunctuationCodePoint(codePoint)));
	}

}
