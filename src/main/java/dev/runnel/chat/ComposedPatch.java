package dev.runnel.chat;

import dev.runnel.markdown.BlockPatch;

/**
 * All patches of one block in one.
 */
final class ComposedPatch {

	/** What a patch takes without its HTML, with its place among others: measured. */
	private static final int EMPTY_BYTES = 170;

	private final StringBuilder html = new StringBuilder();

	private boolean wide;

	private int keep;

	private long changedAt;

	ComposedPatch(int keep) {
		this.keep = keep;
	}

	/**
	 * Lets a patch follow those composed so far.
	 * @param patch the next patch of the block
	 * @param id the number of the event that brought it
	 * @return by how much the HTML grew, in UTF-16 units; negative if it shrank
	 */
	int add(BlockPatch patch, long id) {
		int before = this.html.length();
		if (patch.keep() >= this.keep) {
			this.html.setLength(patch.keep() - this.keep);
		}
		else {
			this.keep = patch.keep();
			this.html.setLength(0);
		}
		this.html.append(patch.html());
		this.wide = this.wide || HeapText.isWide(patch.html());
		this.changedAt = id;
		return this.html.length() - before;
	}

	/** No more patches come: lets go of room that is held for them. */
	void trim() {
		this.html.trimToSize();
	}

	/**
	 * The number of the last event that changed the block.
	 * @return the number
	 */
	long changedAt() {
		return this.changedAt;
	}

	/**
	 * How much heap the patch takes.
	 * @return bytes, estimated
	 */
	long heapBytes() {
		return EMPTY_BYTES + HeapText.bytes(this.html, this.wide);
	}

	BlockPatch toPatch(int block) {
		return new BlockPatch(block, this.keep, this.html.toString());
	}

}
