package dev.runnel.chat;

import java.util.Arrays;

/**
 * The deltas of consecutive events as one text, with the end position of each delta.
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

	/** Releases spare capacity, because no more deltas come. */
	void trim() {
		this.text.trimToSize();
		this.ends = Arrays.copyOf(this.ends, this.count);
	}

	/**
	 * The heap that the deltas take.
	 * @return estimated bytes
	 */
	long heapBytes() {
		return HeapText.bytes(this.text, this.wide) + (long) this.count * Integer.BYTES;
	}

	/**
	 * The length of all deltas together.
	 * @return UTF-16 units
	 */
	int length() {
		return this.text.length();
	}

	long lastId() {
		return this.firstId + this.count - 1;
	}

	/**
	 * The text after an event.
	 * @param id the number of an event, at most the last one
	 * @return the text after that event; the whole text if the event is older than this
	 * run
	 */
	String after(long id) {
		return (id < this.firstId) ? this.text.toString() : this.text.substring(this.ends[(int) (id - this.firstId)]);
	}

}
