package dev.runnel.chat;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Merged deltas of the reasoning, with their patches.
 */
final class FoldedReasoning implements FoldedRun {

	private final DeltaRun deltas;

	private final boolean rendered;

	private final ComposedPatches patches = new ComposedPatches();

	private @Nullable Duration thinking;

	/** When the last delta came, as {@link System#nanoTime()}. */
	private long lastCame;

	private boolean ended;

	FoldedReasoning(long firstId, boolean rendered) {
		this.deltas = new DeltaRun(firstId);
		this.rendered = rendered;
	}

	@Override
	public boolean absorb(ChatEvent event) {
		if (!(event instanceof ChatEvent.Reasoning reasoning)
				|| this.deltas.length() + this.patches.length() >= FULL_CHARS) {
			return false;
		}
		this.deltas.add(reasoning.text());
		if (reasoning.patches() != null) {
			this.patches.add(reasoning.patches(), lastId());
		}
		this.thinking = reasoning.thinking();
		this.lastCame = System.nanoTime();
		return true;
	}

	@Override
	public void end() {
		this.deltas.trim();
		this.patches.trim();
		this.thinking = thinkingNow();
		this.ended = true;
	}

	/**
	 * Adds the time since the last delta, because the model reasons until the next run
	 * begins.
	 */
	private @Nullable Duration thinkingNow() {
		return (this.thinking == null || this.ended) ? this.thinking
				: this.thinking.plusNanos(System.nanoTime() - this.lastCame);
	}

	@Override
	public long lastId() {
		return this.deltas.lastId();
	}

	@Override
	public long heapBytes() {
		return EMPTY_BYTES + this.deltas.heapBytes() + this.patches.heapBytes();
	}

	@Override
	public ChatEvent event(long after) {
		return new ChatEvent.Reasoning(this.deltas.after(after), this.rendered ? this.patches.after(after) : null,
				thinkingNow(), true);
	}

}
