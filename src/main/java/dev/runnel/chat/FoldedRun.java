package dev.runnel.chat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.runnel.markdown.BlockPatch;
import org.jspecify.annotations.Nullable;

/**
 * Consecutive events of one kind, merged.
 */
sealed interface FoldedRun {

	/**
	 * The size of a full run, text and HTML together, in UTF-16 units. It bounds how much
	 * is copied while the writer waits and how much is encoded at once.
	 */
	int FULL_CHARS = 32 * 1024;

	/** The heap of a run without its text, or of a single event, in bytes. Measured. */
	int EMPTY_BYTES = 400;

	/**
	 * Begins a run.
	 * @param id the number of the first event
	 * @param event the first event
	 * @return a new run with this event
	 */
	static FoldedRun of(long id, ChatEvent event) {
		FoldedRun run;
		if (event instanceof ChatEvent.Message message) {
			run = new Messages(id, message.patches() != null);
		}
		else if (event instanceof ChatEvent.Reasoning) {
			run = new Reasonings(id);
		}
		else {
			return new Single(id, event);
		}
		run.absorb(event);
		return run;
	}

	/**
	 * Adds the next event if it has the kind of this run and the run is not full.
	 * @param event the next event
	 * @return false if the event needs a new run
	 */
	boolean absorb(ChatEvent event);

	/** Releases spare capacity, because no more events come. */
	void end();

	/**
	 * The number of the newest event in the run.
	 */
	long lastId();

	/**
	 * The heap that the run takes.
	 * @return estimated bytes
	 */
	long heapBytes();

	/**
	 * The part of the run that a reader lacks.
	 * @param after the number of the last event that the reader has, less than
	 * {@link #lastId}
	 * @return one event that brings the reader to the end of the run; later events do not
	 * change it
	 */
	ChatEvent event(long after);

	/**
	 * A run of one event.
	 */
	record Single(long lastId, ChatEvent event) implements FoldedRun {

		@Override
		public boolean absorb(ChatEvent next) {
			return false;
		}

		@Override
		public void end() {
		}

		@Override
		public long heapBytes() {
			return EMPTY_BYTES;
		}

		@Override
		public ChatEvent event(long after) {
			return this.event;
		}

	}

	/**
	 * Merged deltas of the reasoning.
	 */
	final class Reasonings implements FoldedRun {

		private final DeltaRun deltas;

		private @Nullable Duration thinking;

		Reasonings(long firstId) {
			this.deltas = new DeltaRun(firstId);
		}

		@Override
		public boolean absorb(ChatEvent event) {
			if (event instanceof ChatEvent.Reasoning reasoning && this.deltas.length() < FULL_CHARS) {
				this.deltas.add(reasoning.text());
				this.thinking = reasoning.thinking();
				return true;
			}
			return false;
		}

		@Override
		public void end() {
			this.deltas.trim();
		}

		@Override
		public long lastId() {
			return this.deltas.lastId();
		}

		@Override
		public long heapBytes() {
			return EMPTY_BYTES + this.deltas.heapBytes();
		}

		@Override
		public ChatEvent event(long after) {
			return new ChatEvent.Reasoning(this.deltas.after(after), this.thinking);
		}

	}

	/**
	 * Merged deltas of the answer. The patches of one block are composed into one patch.
	 * This needs no HTML from before the run: each patch says how much it keeps of the
	 * text before it.
	 * <p>
	 * A composed patch keeps only what every patch of its block kept. A reader in the
	 * middle of the run also has that much of the block. So the composed patch brings
	 * every reader to the same end, wherever in the run it starts.
	 */
	final class Messages implements FoldedRun {

		private final DeltaRun deltas;

		private final boolean rendered;

		private final Map<Integer, ComposedPatch> patches = new TreeMap<>();

		private int htmlChars;

		private long patchBytes;

		Messages(long firstId, boolean rendered) {
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

}
