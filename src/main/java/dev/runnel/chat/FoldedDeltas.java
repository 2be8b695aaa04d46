package dev.runnel.chat;

import java.util.List;

import dev.runnel.markdown.BlockPatch;
import org.jspecify.annotations.Nullable;

/**
 * Merged deltas of one text of an answer, with their patches.
 */
abstract sealed class FoldedDeltas implements FoldedRun permits FoldedReasoning, FoldedText {

	private final DeltaRun deltas;

	private final boolean rendered;

	private final ComposedPatches patches = new ComposedPatches();

	/**
	 * Begins an empty run.
	 * @param firstId the number of the first event
	 * @param rendered whether readers get HTML
	 */
	FoldedDeltas(long firstId, boolean rendered) {
		this.deltas = new DeltaRun(firstId);
		this.rendered = rendered;
	}

	final boolean isFull() {
		return this.deltas.length() + this.patches.length() >= FULL_CHARS;
	}

	/**
	 * Adds the next delta.
	 * @param text the text of the delta
	 * @param changes its patches; null if readers get no HTML
	 */
	final void add(String text, @Nullable List<BlockPatch> changes) {
		this.deltas.add(text);
		if (changes != null) {
			this.patches.add(changes, lastId());
		}
	}

	@Override
	public void end() {
		this.deltas.trim();
		this.patches.trim();
	}

	@Override
	public long lastId() {
		return this.deltas.lastId();
	}

	@Override
	public long heapBytes() {
		return EMPTY_BYTES + this.deltas.heapBytes() + this.patches.heapBytes();
	}

	/**
	 * Returns the text that a reader lacks.
	 * @param after the number of the last event that the reader has
	 * @return the text of the later deltas
	 */
	final String text(long after) {
		return this.deltas.after(after);
	}

	/**
	 * Returns the patches that a reader lacks.
	 * @param after the number of the last event that the reader has
	 * @return one patch for each block that changed later; null if readers get no HTML
	 */
	final @Nullable List<BlockPatch> patches(long after) {
		return this.rendered ? this.patches.after(after) : null;
	}

}
