package dev.runnel.chat;

/**
 * Merged deltas of the answer, with their patches.
 */
final class FoldedText extends FoldedDeltas {

	FoldedText(long firstId, boolean rendered) {
		super(firstId, rendered);
	}

	@Override
	public boolean absorb(ChatEvent event) {
		if (!(event instanceof ChatEvent.Message message) || isFull()) {
			return false;
		}
		add(message.content(), message.patches());
		return true;
	}

	@Override
	public ChatEvent event(long after) {
		return new ChatEvent.Message(text(after), patches(after));
	}

}
