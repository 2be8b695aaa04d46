package dev.runnel.markdown;

import java.util.HashMap;
import java.util.Map;

/**
 * The numbers of the notes, in the order in which the labels are first used. A label in
 * text that is never parsed again keeps its number. A label behind that text gets the
 * next free one each time the HTML is written.
 */
final class FootnoteNumbers {

	private final Map<String, Integer> settled = new HashMap<>();

	private final Map<String, Open> open = new HashMap<>();

	/**
	 * The use of a label that may still disappear.
	 *
	 * @param number its number
	 * @param offset the place of its first use in the HTML that is being written
	 */
	private record Open(int number, int offset) {
	}

	/** Prepares for writing the HTML behind the settled text. */
	void start() {
		this.open.clear();
	}

	/**
	 * The number of a label.
	 * @param offset the length of the HTML written before
	 */
	int of(String label, int offset) {
		Integer number = this.settled.get(label);
		if (number != null) {
			return number;
		}
		Open known = this.open.get(label);
		if (known == null) {
			known = new Open(this.settled.size() + this.open.size() + 1, offset);
			this.open.put(label, known);
		}
		return known.number();
	}

	/**
	 * Keeps the numbers in the HTML that was just written.
	 * @param end the end of the HTML that is never written again
	 */
	void settle(int end) {
		this.open.forEach((label, use) -> {
			if (use.offset() < end) {
				this.settled.put(label, use.number());
			}
		});
		this.open.clear();
	}

}
