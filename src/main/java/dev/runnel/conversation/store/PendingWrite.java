package dev.runnel.conversation.store;

import java.util.ArrayList;
import java.util.List;

import dev.runnel.conversation.Answer;
import dev.runnel.conversation.AnswerDelta;
import dev.runnel.conversation.ConversationId;
import dev.runnel.conversation.Expense;
import dev.runnel.conversation.Turn;
import dev.runnel.upstream.Origin;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * The part or end of one answer that is not written yet. Access is guarded by
 * {@link AnswerWriteBehind}.
 */
final class PendingWrite {

	private final Turn turn;

	private final StringBuilder content = new StringBuilder();

	private final StringBuilder reasoning = new StringBuilder();

	/** Whether the earlier parts of the turn are replaced. */
	private boolean replaces;

	/** The new origin to store; null if it has not changed. */
	private @Nullable Origin origin;

	private @Nullable Answer end;

	/** The expenses to store with the end. */
	private final List<Expense> expenses = new ArrayList<>();

	private final Sinks.Empty<Void> written = Sinks.empty();

	PendingWrite(Turn turn) {
		this.turn = turn;
	}

	void grow(AnswerDelta part) {
		if (part.replaces()) {
			this.content.setLength(0);
			this.reasoning.setLength(0);
			this.replaces = true;
		}
		this.content.append(part.content());
		this.reasoning.append(part.reasoning());
		this.origin = (part.origin() != null) ? part.origin() : this.origin;
	}

	/** Sets the end, which replaces the parts because it holds the whole text. */
	void end(Answer answer, @Nullable Expense expense) {
		this.end = answer;
		if (expense != null) {
			this.expenses.add(expense);
		}
		this.content.setLength(0);
		this.reasoning.setLength(0);
	}

	Turn turn() {
		return this.turn;
	}

	@Nullable Answer end() {
		return this.end;
	}

	List<Expense> expenses() {
		return List.copyOf(this.expenses);
	}

	boolean isEnd() {
		return this.end != null;
	}

	/**
	 * Whether a caller waits for this write: for an end, or for a new origin before its
	 * first text.
	 */
	boolean isUrgent() {
		return this.end != null || (this.origin != null && hasNoText());
	}

	private boolean hasNoText() {
		return this.content.isEmpty() && this.reasoning.isEmpty();
	}

	/**
	 * Whether the write must survive the end of the process as soon as a caller knows of
	 * it: an end, or the origin of an answer.
	 */
	boolean needsFlush() {
		return this.end != null || this.origin != null;
	}

	AnswerDelta part() {
		return new AnswerDelta(this.content.toString(), this.reasoning.toString(), this.origin, this.replaces);
	}

	long chars() {
		long parts = this.content.length() + this.reasoning.length();
		return (this.end != null) ? parts + this.end.content().length() + this.end.reasoning().length() : parts;
	}

	/** Returns the end with its text and its expenses alone; null if this is a part. */
	@Nullable PendingWrite withoutDetails() {
		if (this.end == null) {
			return null;
		}
		PendingWrite bare = new PendingWrite(this.turn);
		bare.end = new Answer(this.end.state(), this.end.content(), this.end.reasoning(), this.end.source(), null, null,
				null, null, null, null);
		bare.expenses.addAll(this.expenses);
		return bare;
	}

	/** Returns a copy without waiting callers. */
	PendingWrite retried() {
		PendingWrite same = new PendingWrite(this.turn);
		same.grow(part());
		same.end = this.end;
		same.expenses.addAll(this.expenses);
		return same;
	}

	/** Merges this write into a later one, whose callers then wait for both. */
	PendingWrite followedBy(PendingWrite later) {
		AnswerDelta since = later.part();
		Answer last = later.end;
		later.expenses.addAll(0, this.expenses);
		if (last != null) {
			return later;
		}
		later.content.setLength(0);
		later.reasoning.setLength(0);
		later.grow(part());
		later.grow(since);
		return later;
	}

	void join(ConversationId conversation, List<Mono<Void>> writes) {
		if (this.turn.conversation().equals(conversation)) {
			writes.add(written());
		}
	}

	Mono<Void> written() {
		return this.written.asMono();
	}

	void tellWritten() {
		this.written.tryEmitEmpty();
	}

	void tellFailed(Throwable ex) {
		this.written.tryEmitError(ex);
	}

}
