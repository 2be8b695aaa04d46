package dev.runnel.markdown;

import java.util.ArrayList;
import java.util.List;

import dev.runnel.markdown.StreamingMarkdown.MarkdownUpdate;

/**
 * The blocks of an answer as a page keeps them. It applies patches, and fails if a patch
 * would cut a tag, an entity or a surrogate pair.
 */
final class PageBlocks {

	private static final int LONGEST_ENTITY = "&quot;".length();

	private final StringBuilder content = new StringBuilder();

	private final List<String> blocks = new ArrayList<>();

	private long patchCharacters;

	void take(MarkdownUpdate update) {
		this.content.append(update.content());
		update.patches().forEach(this::apply);
	}

	private void apply(BlockPatch patch) {
		if (patch.block() > this.blocks.size()) {
			throw new AssertionError("A patch leaves out a block: " + patch);
		}
		if (patch.block() == this.blocks.size()) {
			this.blocks.add("");
		}
		String old = this.blocks.get(patch.block());
		if (!keepsWholes(old, patch.keep())) {
			throw new AssertionError("Cut at " + patch.keep() + " in <" + old + ">");
		}
		this.patchCharacters += patch.html().length();
		this.blocks.set(patch.block(), old.substring(0, patch.keep()) + patch.html());
	}

	/**
	 * Whether the kept part cuts no tag or entity. It looks back no farther than these
	 * can reach.
	 */
	private static boolean keepsWholes(String old, int keep) {
		int tag = keep - 1;
		while (tag >= 0 && old.charAt(tag) != '<' && old.charAt(tag) != '>') {
			tag--;
		}
		int entity = keep - 1;
		while (entity >= Math.max(0, keep - LONGEST_ENTITY) && old.charAt(entity) != '&' && old.charAt(entity) != ';') {
			entity--;
		}
		boolean tagCut = tag >= 0 && old.charAt(tag) == '<';
		boolean entityCut = entity >= Math.max(0, keep - LONGEST_ENTITY) && old.charAt(entity) == '&';
		boolean pairCut = keep > 0 && Character.isHighSurrogate(old.charAt(keep - 1));
		return !tagCut && !entityCut && !pairCut;
	}

	String html() {
		return String.join("", this.blocks);
	}

	String content() {
		return this.content.toString();
	}

	/** The number of characters in all patches. */
	long patchCharacters() {
		return this.patchCharacters;
	}

}
