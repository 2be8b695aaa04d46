package dev.runnel.chat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.runnel.markdown.BlockPatch;
import org.jspecify.annotations.Nullable;

/**
 * Merged deltas of the answer. The patches of one block are composed into one patch. This
 * needs no HTML from before the run: each patch says how much it keeps of the text before
 * it.
 * <p>
 * A composed patch keeps only what every patch of its block kept. A reader in the middle
 * of the run also has that much of the block. So the composed patch brings every reader
 * to the same end, wherever in the run it starts.
 */
final class FoldedText implements FoldedRun {

	private final DeltaRun deltas;

	private final boolean rendered;

	private final Map<Integer, ComposedPatch> patches = new TreeMap<>();

	private int htmlChars;

	private long patchBytes;

	FoldedText(long firstId, boolean rendered) {
		this.deltas = new DeltaRun(firstId);
		this.rendered = rendered;
	}

	@Override
	public boolean absorb(ChatEvent event) {
		if (!(event instanceof ChatEvent.Message message) || this.deltas.length() + this.htmlChars >= FULL_CHARS) {
			return false;
		}
		this.deltas.add(message.content());
		if (message.patches() != null) {
			message.patches().forEach(this::compose);
		}
		return true;
	}

	private void compose(BlockPatch patch) {
		ComposedPatch composed = this.patches.get(patch.block());
		if (composed == null) {
			composed = new ComposedPatch(patch.keep());
			this.patches.put(patch.block(), composed);
			this.patchBytes += composed.heapBytes();
		}
		long before = composed.heapBytes();
		this.htmlChars += composed.add(patch, lastId());
		this.patchBytes += composed.heapBytes() - before;
	}

	@Override
	public void end() {
		this.deltas.trim();
		this.patches.values().forEach(ComposedPatch::trim);
	}

	@Override
	public long lastId() {
		return this.deltas.lastId();
	}

	@Override
	public long heapBytes() {
		return EMPTY_BYTES + this.deltas.heapBytes() + this.patchBytes;
	}

	@Override
	public ChatEvent event(long after) {
		return new ChatEvent.Message(this.deltas.after(after), patchesAfter(after));
	}

	private @Nullable List<BlockPatch> patchesAfter(long after) {
		if (!this.rendered) {
			return null;
		}
		return this.patches.entrySet()
			.stream()
			.filter((entry) -> entry.getValue().changedAt() > after)
			.map((entry) -> entry.getValue().toPatch(entry.getKey()))
			.toList();
	}

}
