package dev.runnel.chat;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Merged deltas of the reasoning, with their patches.
 */
final class FoldedReasoning extends FoldedDeltas {

	private @Nullable Duration thinking;

	/** When the last delta came, as {@link System#nanoTime()}. */
	private long lastCame;

	private boolean ended;

	FoldedReasoning(long firstId, boolean rendered) {
		super(firstId, rendered);
	}

	@Override
	public boolean absorb(ChatEvent event) {
		if (!(event instanceof ChatEvent.Reasoning reasoning) || isFull()) {
			return false;
		}
		add(reasoning.text(), reasoning.patches());
		this.thinking = reasoning.thinking();
		this.lastCame = System.nanoTime();
		return true;
	}

	@Override
	public void end() {
		super.end();
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
	public ChatEvent event(long after) {
		return new ChatEvent.Reasoning(text(after), patches(after), thinkingNow(), true);
	}

}
