package dev.runnel.markdown;

/**
 * Escapes untrusted text for HTML, as content or as a double-quoted attribute value.
 */
final class Escape {

	private Escape() {
	}

	static void append(StringBuilder out, CharSequence text) {
		append(out, text, 0, text.length());
	}

	static void append(StringBuilder out, CharSequence text, int start, int end) {
		int copied = start;
		for (int i = start; i < end; i++) {
			String escaped = escape(text.charAt(i));
			if (!escaped.isEmpty()) {
				out.append(text, copied, i).append(escaped);
				copied = i + 1;
			}
		}
		out.append(text, copied, end);
	}

	private static String escape(char c) {
		return switch (c) {
			case '&' -> "&amp;";
			case '<' -> "&lt;";
			case '>' -> "&gt;";
			case '"' -> "&quot;";
			default -> Placeholders.is(c) ? Placeholders.html(c) : "";
		};
	}

}
