package dev.runnel.chat;

/**
 * How much heap text takes: the virtual machine keeps a text in one byte a character as
 * long as none is beyond Latin-1, and else in two.
 */
final class HeapText {

	private static final int LAST_OF_LATIN_1 = 0xFF;

	private HeapText() {
	}

	/**
	 * Whether a text takes two bytes a character.
	 * @param text the text
	 * @return true if so
	 */
	static boolean isWide(String text) {
		for (int i = 0; i < text.length(); i++) {
			if (text.charAt(i) > LAST_OF_LATIN_1) {
				return true;
			}
		}
		return false;
	}

	/**
	 * How much heap a text takes.
	 * @param text the text
	 * @param wide whether some of it takes two bytes a character
	 * @return bytes
	 */
	static long bytes(CharSequence text, boolean wide) {
		return (long) text.length() * (wide ? Character.BYTES : 1);
	}

}
