package dev.runnel.chat;

import java.util.ArrayList;
import java.util.List;

import dev.runnel.stream.EventFold;
import dev.runnel.stream.LogEntry;

/**
 * Folds the events of a turn into runs of one kind each: the reasoning, then the answer,
 * say. A reader that is behind gets what it lacks of a run as one event.
 */
final class AnswerFold implements EventFold<ChatEvent> {

	private final List<FoldedRun> runs = new ArrayList<>();

	@Override
	public void add(long id, ChatEvent event) {
		if (this.runs.isEmpty() || !newest().absorb(event)) {
			this.runs.add(FoldedRun.of(id, event, messagesBefore()));
		}
	}

	private FoldedRun newest() {
		return this.runs.get(this.runs.size() - 1);
	}

	private List<FoldedRun.Messages> messagesBefore() {
		return this.runs.stream()
			.filter(FoldedRun.Messages.class::isInstance)
			.map(FoldedRun.Messages.class::cast)
			.toList();
	}

	@Override
	public LogEntry next(long after) {
		for (FoldedRun run : this.runs) {
			if (run.lastId() > after) {
				return run.entry(after);
			}
		}
		throw new IllegalArgumentException("nothing is folded after event " + after);
	}

}
