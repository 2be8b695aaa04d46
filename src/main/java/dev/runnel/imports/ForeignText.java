package dev.runnel.imports;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import dev.runnel.conversation.AnswerState;
import dev.runnel.upstream.Citation;
import dev.runnel.upstream.FinishReason;
import dev.runnel.upstream.WellFormed;
import org.jspecify.annotations.Nullable;

/**
 * The visible parts of a message of another program, while it is read.
 */
final class ForeignText {

	/** The blank line between two parts of a message. */
	static final String BETWEEN = "\n\n";

	private final ForeignFields fields;

	private final StringBuilder text = new StringBuilder();

	private final StringBuilder reasoning = new StringBuilder();

	private final List<String> notes = new ArrayList<>();

	private final Set<Citation> citations = new LinkedHashSet<>();

	private boolean tooLong;

	ForeignText(ForeignFields fields) {
		this.fields = fields;
	}

	/**
	 * Adds a paragraph.
	 * @param part Markdown; may be blank
	 */
	void add(String part) {
		append(this.text, part);
	}

	/**
	 * Adds a part of the reasoning.
	 * @param part plain text; may be blank
	 */
	void think(String part) {
		append(this.reasoning, part);
	}

	/**
	 * Adds a note for a part that the reader saw and the import leaves out.
	 * @param kind the kind of the part
	 * @param name the name of the part; empty if unknown
	 */
	void leaveOut(Omission kind, String name) {
		this.fields.leaveOut(kind);
		if (this.notes.size() < ForeignFile.MAX) {
			this.notes.add(Notes.note(kind, name));
		}
	}

	/**
	 * Adds a page that the text cites.
	 * @param citation the page
	 */
	void cite(Citation citation) {
		if (this.citations.size() < Citation.MAX) {
			this.citations.add(citation);
		}
	}

	/** Appends a part. A message that is too long is not kept in memory. */
	private void append(StringBuilder parts, String part) {
		this.tooLong |= !fits(part);
		if (!part.isBlank() && !this.tooLong) {
			parts.append(parts.isEmpty() ? "" : BETWEEN).append(part);
		}
	}

	/** Returns whether there is room for a part. */
	boolean fits(String part) {
		return this.fields.limits().fits((long) this.text.length() + this.reasoning.length() + part.length());
	}

	boolean hasText() {
		return !this.text.isEmpty();
	}

	boolean hasReasoning() {
		return !this.reasoning.isEmpty();
	}

	/**
	 * Returns the question that the parts make.
	 * @param createdAt the start time; null if unknown
	 * @return the question; null if nothing is visible
	 * @throws RefusedException if the message is too long
	 */
	@Nullable ForeignTurn question(@Nullable Instant createdAt) {
		return turn(true, createdAt, null, AnswerState.COMPLETE, null);
	}

	/**
	 * Returns the answer that the parts make.
	 * @param createdAt the start time; null if unknown
	 * @param model the model that answered; null if unknown
	 * @param state how the answer ended
	 * @param finishReason why the answer ended; null if unknown
	 * @return the answer; null if nothing is visible
	 * @throws RefusedException if the message is too long
	 */
	@Nullable ForeignTurn answer(@Nullable Instant createdAt, @Nullable String model, AnswerState state,
			@Nullable FinishReason finishReason) {
		return turn(false, createdAt, model, state, finishReason);
	}

	private @Nullable ForeignTurn turn(boolean isUser, @Nullable Instant createdAt, @Nullable String model,
			AnswerState state, @Nullable FinishReason finishReason) {
		if (this.tooLong) {
			throw this.fields.limits().messageTooLong();
		}
		this.notes.forEach((note) -> this.text.append(this.text.isEmpty() ? "" : BETWEEN).append(note));
		if (this.text.isEmpty() && this.reasoning.isEmpty()) {
			return null;
		}
		ForeignTurn turn = new ForeignTurn(isUser, WellFormed.storable(this.text.toString()),
				isUser ? "" : WellFormed.storable(this.reasoning.toString()), createdAt, model, state, finishReason,
				List.copyOf(this.citations));
		this.fields.limits().countText(turn.length());
		return turn;
	}

}
