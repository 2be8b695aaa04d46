package dev.runnel.markdown;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The HTML blocks as every reader has them, and the changes since they were last told.
 */
final class ShownBlocks {

	private static final int UNCHANGED = Integer.MAX_VALUE;

	private final List<StringBuilder> blocks = new ArrayList<>();

	/** For each block, how much of it has stayed the same since the last patches. */
	private final List<Integer> kept = new ArrayList<>();

	private final BitSet changed = new BitSet();

	private long length;

	/**
	 * Gives a block new HTML after its first characters.
	 * @param same how many characters are known to stay; not inside a tag or an entity
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
	 * Puts HTML before the end tags of a block, at once: all other changes must have been
	 * {@linkplain #takePatches() taken} before.
	 * @param closers the end tags, with which the block ends
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

	int size() {
		return this.blocks.size();
	}

	String html() {
		StringBuilder html = new StringBuilder();
		this.blocks.forEach(html::append);
		return html.toString();
	}

}
