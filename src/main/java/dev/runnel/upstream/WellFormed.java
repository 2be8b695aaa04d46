package dev.runnel.upstream;

/**
 * Repairs UTF-16 text that UTF-8 cannot encode: a surrogate without its other half.
 */
public final class WellFormed {

	private static final char REPLACEMENT = '\uFFFD';

	private WellFormed() {
	}

	/**
	 * Replaces each lone surrogate by U+FFFD.
	 * @param text any text
	 * @return the repaired text; the same object if nothing was wrong
	 */
	public static String of(String text) {
		for (int i = 0; i < text.length(); i++) {
			if (isLone(text, i)) {
				return mend(text);
			}
			if (Character.isHighSurrogate(text.charAt(i))) {
				i++;
			}
		}
		return text;
	}

	/**
	 * Replaces each lone surrogate and each NUL by U+FFFD, because not every database
	 * accepts a NUL.
	 * @param text any text
	 * @return the repaired text; the same object if nothing was wrong
	 */
	public static String storable(String text) {
		return of(text).replace('\0', REPLACEMENT);
	}

	private static boolean isLone(CharSequence text, int index) {
		char c = text.charAt(index);
		if (Character.isHighSurrogate(c)) {
			return index + 1 == text.length() || !Character.isLowSurrogate(text.charAt(index + 1));
		}
		return Character.isLowSurrogate(c);
	}

	private static String mend(String text) {
		StringBuilder mended = new StringBuilder(text.length());
		text.codePoints().forEach((c) -> mended.appendCodePoint(isSurrogate(c) ? REPLACEMENT : c));
		return mended.toString();
	}

	private static boolean isSurrogate(int codePoint) {
		return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
	}

}
