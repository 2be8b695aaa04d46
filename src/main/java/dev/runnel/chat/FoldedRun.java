package dev.runnel.chat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.runnel.markdown.BlockPatch;
import dev.runnel.stream.LogEntry;
import org.jspecify.annotations.Nullable;

/**
 * Consecutive events of one kind, in one.
 */
sealed interface FoldedRun {

	/**
	 * Begins a run.
	 * @param id the number of its first event
	 * @param event its first event
	 * @param before the runs of messages that came earlier
	 * @return the run
	 */
	static FoldedRun of(long id, ChatEvent event, List<Messages> before) {
		FoldedRun run;
		if (event instanceof ChatEvent.Message message) {
			run = new Messages(id, before, message.patches() != null);
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
	 * Takes the next event in, if it is of this run's kind.
	 * @param event the event
	 * @return false if it is of another kind
	 */
	boolean absorb(ChatEvent event);

	/**
	 * The number of the newest event.
	 * @return the number
	 */
	long lastId();

	/**
	 * What a reader lacks of the run.
	 * @param after the number of the last event that it has, less than {@link #lastId}
	 * @return one entry that brings it to the end of the run
	 */
	LogEntry entry(long after);

	/**
	 * An event that stands alone.
	 */
	record Single(long lastId, ChatEvent event) implements FoldedRun {

		@Override
		public boolean absorb(ChatEvent next) {
			return false;
		}

		@Override
		public LogEntry entry(long after) {
			return new LogEntry(this.lastId, this.event);
		}

	}

	/**
	 * Deltas of the reasoning.
	 */
	final class Reasonings implements FoldedRun {

		private final DeltaRun deltas;

		Reasonings(long firstId) {
			this.deltas = new DeltaRun(firstId);
		}

		@Override
		public boolean absorb(ChatEvent event) {
			if (event instanceof ChatEvent.Reasoning reasoning) {
				this.deltas.add(reasoning.text());
				return true;
			}
			return false;
		}

		@Override
		public long lastId() {
			return this.deltas.lastId();
		}

		@Override
		public LogEntry entry(long after) {
			return new LogEntry(lastId(), new ChatEvent.Reasoning(this.deltas.after(after)));
		}

	}

	/**
	 * Deltas of the answer. The patches of one block are composed into one patch: what a
	 * later patch keeps of an earlier one is known without the HTML they apply to.
	 */
	final class Messages implements FoldedRun {

		private final DeltaRun deltas;

		private final List<Messages> before;

		private final boolean rendered;

		private final Map<Integer, ComposedPatch> patches = new TreeMap<>();

		Messages(long firstId, List<Messages> before, boolean rendered) {
			this.deltas = new DeltaRun(firstId);
			this.before = before;
			this.rendered = rendered;
		}

		@Override
		public boolean absorb(ChatEvent event) {
			if (!(event instanceof ChatEvent.Message message)) {
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
			}
			composed.add(patch, lastId());
		}

		@Override
		public long lastId() {
			return this.deltas.lastId();
		}

		@Override
		public LogEntry entry(long after) {
			return new LogEntry(lastId(), new ChatEvent.Message(this.deltas.after(after), patchesAfter(after)));
		}

		/**
		 * A reader that stands before the run gets the composed patches. One that stands
		 * within it cannot apply them, and gets whole the blocks that have changed since.
		 */
		private @Nullable List<BlockPatch> patchesAfter(long after) {
			if (!this.rendered) {
				return null;
			}
			boolean within = after >= this.deltas.firstId();
			return this.patches.entrySet()
				.stream()
				.filter((entry) -> entry.getValue().changedAt() > after)
				.map((entry) -> within ? new BlockPatch(entry.getKey(), 0, block(entry.getKey()))
						: entry.getValue().toPatch(entry.getKey()))
				.toList();
		}

		private String block(int index) {
			StringBuilder html = new StringBuilder();
			for (Messages run : this.before) {
				run.applyTo(index, html);
			}
			applyTo(index, html);
			return html.toString();
		}

		private void applyTo(int index, StringBuilder html) {
			ComposedPatch patch = this.patches.get(index);
			if (patch != null) {
				patch.applyTo(html);
			}
		}

	}

}
