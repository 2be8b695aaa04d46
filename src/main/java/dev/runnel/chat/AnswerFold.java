package dev.runnel.chat;

import java.util.ArrayList;
import java.util.List;

import dev.runnel.stream.EventFold;

/**
 * Folds the events of a turn into runs of one kind each, for example the reasoning and
 * then the answer. A reader that is behind gets the rest of a run as one event. The
 * length of a run is bounded, so a long answer has many runs.
 */
final class AnswerFold implements EventFold<ChatEvent> {

	private final List<FoldedRun> runs = new ArrayList<>();

	/** The heap bytes of all runs except the newest. */
	private long endedBytes;

	@Override
	public void add(long id, ChatEvent event) {
		if (this.runs.isEmpty() || !newest().absorb(event)) {
			endNewest();
			this.runs.add(FoldedRun.of(id, event));
		}
	}

	private FoldedRun newest() {
		return this.runs.get(this.runs.size() - 1);
	}

	private void endNewest() {
		if (!this.runs.isEmpty()) {
			newest().end();
			this.endedBytes += newest().heapBytes();
		}
	}

	@Override
	public Merged<ChatEvent> next(long after) {
		int first = firstBehind(after);
		if (first == this.runs.size()) {
			throw new IllegalArgumentException("nothing is folded after event " + after);
		}
		FoldedRun run = this.runs.get(first);
		return new Merged<>(run.lastId(), run.event(after));
	}

	@Override
	public long heapBytes() {
		return this.runs.isEmpty() ? 0 : this.endedBytes + newest().heapBytes();
	}

	/**
	 * Finds the first run that the reader lacks, by binary search: the last numbers of
	 * the runs increase.
	 */
	private int firstBehind(long after) {
		int low = 0;
		int high = this.runs.size();
		while (low < high) {
			int middle = (low + high) >>> 1;
			if (this.runs.get(middle).lastId() > after) {
				high = middle;
			}
			else {
				low = middle + 1;
			}
		}
		return low;
	}

}
