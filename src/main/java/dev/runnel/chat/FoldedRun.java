package dev.runnel.chat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.runnel.markdown.BlockPatch;
import org.jspecify.annotations.Nullable;

/**
 * Consecutive events of one kind, in one.
 */
sealed interface FoldedRun {

	/**
	 * How much text and HTML makes a run full, in UTF-16 units: what is copied while the
	 * writer waits, and encoded in one go.
	 */
	int FULL_CHARS = 32 * 1024;

	/** What a run takes without its text, measured; and what a single event takes. */
	int EMPTY_BYTES = 400;

	/**
	 * Begins a run.
	 * @param id the number of its first event
	 * @param event its first event
	 * @return the run
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
	 * Takes the next event in, if it is of this run's kind and the run is not full.
	 * @param event the event
	 * @return false if another run has to begin
	 */
	boolean absorb(ChatEvent event);

	/** No more events come: lets go of room that is held for them. */
	void end();

	/**
	 * The number of the newest event.
	 * @return the number
	 */
	long lastId();

	/**
	 * How much heap the run takes.
	 * @return bytes, estimated
	 */
	long heapBytes();

	/**
	 * What a reader lacks of the run.
	 * @param after the number of the last event that it has, less than {@link #lastId}
	 * @return one event that brings it to the end of the run and stays as it is
	 */
	ChatEvent event(long after);

	/**
	 * An event that stands alone.
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
	 * Deltas of the reasoning.
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
	 * Deltas of the answer. The patches of one block are composed into one patch: what a
	 * later patch keeps of an earlier one is known without the HTML they apply to.
	 * <p>
	 * A composed patch keeps what every patch of its block kept. A reader that stands
	 * within the run has that much of the block as well, whatever it has behind it: so
	 * the composed patch brings it to the same end as one that stands before the run.
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
