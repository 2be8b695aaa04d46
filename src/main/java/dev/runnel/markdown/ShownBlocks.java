package dev.runnel.markdown;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The HTML blocks as every reader has them, and the changes since the last patches.
 */
final class ShownBlocks {

	private static final int UNCHANGED = Integer.MAX_VALUE;

	private final List<StringBuilder> blocks = new ArrayList<>();

	/** For each block, the length that has not changed since the last patches. */
	private final List<Integer> kept = new ArrayList<>();

	private final BitSet changed = new BitSet();

	private long length;

	/**
	 * Replaces the HTML of a block after its first characters.
	 * @param same the number of characters that are known to stay; not inside a tag or an
	 * entity
	 */
	void replace(int block, int same, CharSequence html) {
		while (block >= this.blocks.size()) {
			this.blocks.add(new StringBuilder());
			this.kept.add(UNCHANGED);
		}
		StringBuilder shown = this.blocks.get(block);
		int common = CommonPrefix.safe(shown, same, html, 0);
		int keep = same + common;
		if (keep < shown.length() || common < html.length()) {
			this.length += html.length() + same - shown.length();
			shown.setLength(keep);
			shown.append(html, common, html.length());
			this.kept.set(block, Math.min(keep, this.kept.get(block)));
			this.changed.set(block);
		}
	}

	/**
	 * Empties every block from an index on.
	 */
	void clearFrom(int block) {
		for (int i = block; i < this.blocks.size(); i++) {
			replace(i, 0, "");
		}
	}

	/**
	 * Inserts HTML before the end tags of a block and returns the patch at once. All
	 * other changes must have been {@linkplain #takePatches() taken} before.
	 * @param closers the end tags at the end of the block
	 */
	BlockPatch insert(int block, String html, String closers) {
		StringBuilder shown = this.blocks.get(block);
		int keep = shown.length() - closers.length();
		String tail = html + closers;
		shown.setLength(keep);
		shown.append(tail);
		this.length += html.length();
		return new BlockPatch(block, keep, tail);
	}

	/**
	 * The patches for all changes since the last call.
	 */
	List<BlockPatch> takePatches() {
		if (this.changed.isEmpty()) {
			return List.of();
		}
		List<BlockPatch> patches = new ArrayList<>(this.changed.cardinality());
		for (int i = this.changed.nextSetBit(0); i >= 0; i = this.changed.nextSetBit(i + 1)) {
			int keep = this.kept.get(i);
			patches.add(new BlockPatch(i, keep, this.blocks.get(i).substring(keep)));
			this.kept.set(i, UNCHANGED);
		}
		this.changed.clear();
		return patches;
	}

	long length() {
		return this.length;
	}

	int length(int block) {
		return this.blocks.get(block).length();
	}

	/** Returns the length of the last blocks, from an index on. */
	long lengthFrom(int block) {
		long sum = 0;
		for (int i = block; i < this.blocks.size(); i++) {
			sum += length(i);
		}
		return sum;
	}

	int size() {
		return this.blocks.size();
	}

	String html() {
		StringBuilder html = new StringBuilder();
		this.blocks.forEach(html::append);
		return html.toString();
	}

}
