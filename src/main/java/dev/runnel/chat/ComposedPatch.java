package dev.runnel.chat;

import dev.runnel.markdown.BlockPatch;

/**
 * All patches of one block, composed into one patch.
 */
final class ComposedPatch {

	/**
	 * The heap of a patch without its HTML, including its map entry, in bytes. Measured.
	 */
	private static final int EMPTY_BYTES = 170;

	private final StringBuilder html = new StringBuilder();

	private boolean wide;

	private int keep;

	private long changedAt;

	ComposedPatch(int keep) {
		this.keep = keep;
	}

	/**
	 * Composes the next patch with the earlier ones.
	 * @param patch the next patch of the block
	 * @param id the number of the event that brought it
	 * @return the growth of the HTML, in UTF-16 units; negative if it shrank
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

	/** Releases spare capacity, because no more patches come. */
	void trim() {
		this.html.trimToSize();
	}

	/**
	 * The number of the last event that changed the block.
	 */
	long changedAt() {
		return this.changedAt;
	}

	/**
	 * The heap that the patch takes.
	 * @return estimated bytes
	 */
	long heapBytes() {
		return EMPTY_BYTES + HeapText.bytes(this.html, this.wide);
	}

	BlockPatch toPatch(int block) {
		return new BlockPatch(block, this.keep, this.html.toString());
	}

}
