package dev.runnel.chat;

import java.util.Arrays;

/**
 * The deltas of consecutive events as one text that remembers where each of them ended.
 */
final class DeltaRun {

	private final long firstId;

	private final StringBuilder text = new StringBuilder();

	private int[] ends = new int[16];

	private int count;

	private boolean wide;

	DeltaRun(long firstId) {
		this.firstId = firstId;
	}

	void add(String delta) {
		this.text.append(delta);
		this.wide = this.wide || HeapText.isWide(delta);
		if (this.count == this.ends.length) {
			this.ends = Arrays.copyOf(this.ends, this.count * 2);
		}
		this.ends[this.count++] = this.text.length();
	}

	/** No more deltas come: lets go of room that is held for them. */
	void trim() {
		this.text.trimToSize();
		this.ends = Arrays.copyOf(this.ends, this.count);
	}

	/**
	 * How much heap the deltas take.
	 * @return bytes, estimated
	 */
	long heapBytes() {
		return HeapText.bytes(this.text, this.wide) + (long) this.count * Integer.BYTES;
	}

	/**
	 * How long all deltas are together.
	 * @return UTF-16 units
	 */
	int length() {
		return this.text.length();
	}

	long lastId() {
		return this.firstId + this.count - 1;
	}

	/**
	 * The text that came after an event.
	 * @param id the number of an event, at most the last
	 * @return the whole text if the event came before the first of this run
	 */
	String after(long id) {
		return (id < this.firstId) ? this.text.toString() : this.text.substring(this.ends[(int) (id - this.firstId)]);
	}

}
