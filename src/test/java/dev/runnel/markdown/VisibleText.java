package dev.runnel.markdown;

/**
 * The characters that a reader sees, and how many of them a later update takes back.
 */
final class VisibleText {

	private String shown = "";

	private long takenBack;

	private VisibleText() {
	}

	static VisibleText empty() {
		return new VisibleText();
	}

	/**
	 * Shows the HTML of an update. Characters between the common start and the common end
	 * of the old and the new text are taken back.
	 */
	void show(String html) {
		String next = of(html);
		int shorter = Math.min(this.shown.length(), next.length());
		int start = 0;
		while (start < shorter && this.shown.charAt(start) == next.charAt(start)) {
			start++;
		}
		int end = 0;
		while (end < shorter - start
				&& this.shown.charAt(this.shown.length() - 1 - end) == next.charAt(next.length() - 1 - end)) {
			end++;
		}
		this.takenBack += this.shown.length() - start - end;
		this.shown = next;
	}

	/** The number of characters that are shown now. */
	int length() {
		return this.shown.length();
	}

	/** The number of characters that were shown and then taken back. */
	long takenBack() {
		return this.takenBack;
	}

	/** The text of the HTML without blanks, whose places change without being seen. */
	private static String of(String html) {
		return html.replaceAll("<[^>]*>", "")
			.replace("&lt;", "<")
			.replace("&gt;", ">")
			.replace("&quot;", "\"")
			.replace("&amp;", "&")
			.replaceAll("\\s+", "");
	}

}
