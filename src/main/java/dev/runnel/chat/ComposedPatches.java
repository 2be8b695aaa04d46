package dev.runnel.chat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.runnel.markdown.BlockPatch;

/**
 * The patches of consecutive events. The patches of one block are composed into one
 * patch. This needs no HTML from before these events: each patch says how much it keeps
 * of the text before it.
 * <p>
 * A composed patch keeps only what every patch of its block kept. A reader in the middle
 * of the events also has that much of the block. So the composed patch brings every
 * reader to the same end, wherever it starts.
 */
final class ComposedPatches {

	private final Map<Integer, ComposedPatch> patches = new TreeMap<>();

	private int htmlChars;

	private long heapBytes;

	/**
	 * Composes the patches of the next event with the earlier ones.
	 * @param next the patches of the event
	 * @param id the number of the event
	 */
	void add(List<BlockPatch> next, long id) {
		next.forEach((patch) -> compose(patch, id));
	}

	private void compose(BlockPatch patch, long id) {
		ComposedPatch composed = this.patches.get(patch.block());
		if (composed == null) {
			composed = new ComposedPatch(patch.keep());
			this.patches.put(patch.block(), composed);
			this.heapBytes += composed.heapBytes();
		}
		long before = composed.heapBytes();
		this.htmlChars += composed.add(patch, id);
		this.heapBytes += composed.heapBytes() - before;
	}

	/** Releases spare capacity, because no more patches come. */
	void trim() {
		this.patches.values().forEach(ComposedPatch::trim);
	}

	/**
	 * The length of the HTML in all patches.
	 * @return UTF-16 units
	 */
	int length() {
		return this.htmlChars;
	}

	/**
	 * The heap that the patches take.
	 * @return estimated bytes
	 */
	long heapBytes() {
		return this.heapBytes;
	}

	/**
	 * The patches that a reader lacks.
	 * @param id the number of the last event that the reader has
	 * @return one patch for each block that a later event changed
	 */
	List<BlockPatch> after(long id) {
		return this.patches.entrySet()
			.stream()
			.filter((entry) -> entry.getValue().changedAt() > id)
			.map((entry) -> entry.getValue().toPatch(entry.getKey()))
			.toList();
	}

}
