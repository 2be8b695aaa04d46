package dev.runnel.chat;

/**
 * The heap that text takes. The virtual machine stores one byte per character if all
 * characters are Latin-1, else two.
 */
final class HeapText {

	private static final int LAST_OF_LATIN_1 = 0xFF;

	private HeapText() {
	}

	/**
	 * Whether a text takes two bytes per character.
	 * @param text any text
	 * @return true if it holds a character beyond Latin-1
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
	 * The heap that a text takes.
	 * @param text any text
	 * @param wide whether it takes two bytes per character
	 * @return bytes
	 */
	static long bytes(CharSequence text, boolean wide) {
		return (long) text.length() * (wide ? Character.BYTES : 1);
	}

}
