package dev.runnel.markdown;

/**
 * Finds how much of a block stays when it is rendered again.
 */
final class CommonPrefix {

	private CommonPrefix() {
	}

	/**
	 * The length of the common prefix of two pieces of HTML, shortened so that it ends
	 * outside of tags, entities and surrogate pairs. Both offsets must be outside of
	 * these too.
	 */
	static int safe(CharSequence old, int oldStart, CharSequence html, int start) {
		int limit = Math.min(old.length() - oldStart, html.length() - start);
		int safe = 0;
		char closer = 0;
		for (int i = 0; i < limit && old.charAt(oldStart + i) == html.charAt(start + i); i++) {
			char c = html.charAt(start + i);
			if (closer == 0) {
				closer = (c == '<') ? '>' : (c == '&') ? ';' : 0;
			}
			else if (c == closer) {
				closer = 0;
			}
			if (closer == 0 && !Character.isHighSurrogate(c)) {
				safe = i + 1;
			}
		}
		return safe;
	}

}
