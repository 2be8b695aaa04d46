package dev.runnel.chat;

/**
 * Merged deltas of the answer, with their patches.
 */
final class FoldedText implements FoldedRun {

	private final DeltaRun deltas;

	private final boolean rendered;

	private final ComposedPatches patches = new ComposedPatches();

	FoldedText(long firstId, boolean rendered) {
		this.deltas = new DeltaRun(firstId);
		this.rendered = rendered;
	}

	@Override
	public boolean absorb(ChatEvent event) {
		if (!(event instanceof ChatEvent.Message message)
				|| this.deltas.length() + this.patches.length() >= FULL_CHARS) {
			return false;
		}
		this.deltas.add(message.content());
		if (message.patches() != null) {
			this.patches.add(message.patches(), lastId());
		}
		return true;
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

	@Override
	public ChatEvent event(long after) {
		return new ChatEvent.Message(this.deltas.after(after), this.rendered ? this.patches.after(after) : null);
	}

}
