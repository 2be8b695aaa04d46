package dev.runnel.chat;

import dev.runnel.markdown.BlockPatch;

/**
 * All patches of one block in one.
 */
final class ComposedPatch {

	private final StringBuilder html = new StringBuilder();

	private int keep;

	private long changedAt;

	ComposedPatch(int keep) {
		this.keep = keep;
	}

	/**
	 * Lets a patch follow those composed so far.
	 * @param patch the next patch of the block
	 * @param id the number of the event that brought it
	 */
	void add(BlockPatch patch, long id) {
		if (patch.keep() >= this.keep) {
			this.html.setLength(patch.keep() - this.keep);
		}
		else {
			this.keep = patch.keep();
			this.html.setLength(0);
		}
		this.html.append(patch.html());
		this.changedAt = id;
	}

	/**
	 * The number of the last event that changed the block.
	 * @return the number
	 */
	long changedAt() {
		return this.changedAt;
	}

	BlockPatch toPatch(int block) {
		return new BlockPatch(block, this.keep, this.html.toString());
	}

	void applyTo(StringBuilder block) {
		block.setLength(this.keep);
		block.append(this.html);
	}

}
