package dev.runnel.upstream.openrouter;

import java.util.ArrayList;
import java.util.List;

import dev.runnel.upstream.ModelEvent;
import dev.runnel.upstream.TextPieces;
import dev.runnel.upstream.WellFormed;
import org.jspecify.annotations.Nullable;

/**
 * Collects deltas that arrive together and joins those of the same kind into one event.
 * It also joins the halves of a surrogate pair that upstream cut. A single half becomes
 * U+FFFD, so that every event can be encoded as UTF-8. An event holds at most one
 * {@linkplain TextPieces piece} of text.
 */
final class Deltas {

	private static final String LONE_HALF = "\uFFFD";

	private final Run text = new Run();

	private final Run reasoning = new Run();

	private List<ModelEvent> events = List.of();

	private boolean hasText;

	private boolean hasReasoning;

	private boolean hasPicture;

	void text(String delta) {
		this.hasText = true;
		flush(this.reasoning, false);
		gather(this.text, delta);
	}

	void reasoning(String delta) {
		this.hasReasoning = true;
		flush(this.text, false);
		gather(this.reasoning, delta);
	}

	private void gather(Run run, String delta) {
		run.add(delta);
		if (run.length() >= TextPieces.MAX_CHARS) {
			flush(run, false);
		}
	}

	/** Whether there was text that is not moved away. */
	boolean hasText() {
		return this.hasText;
	}

	/** Whether there was reasoning that is not moved away. */
	boolean hasReasoning() {
		return this.hasReasoning;
	}

	/** Whether there was a picture. */
	boolean hasPicture() {
		return this.hasPicture;
	}

	/** Adds a picture behind the text so far. */
	void picture(ModelEvent.Picture event) {
		this.hasPicture = true;
		flush(this.reasoning, false);
		flush(this.text, false);
		add(event);
	}

	/** Adds the event that corrects the kind of everything so far. */
	void moved(ModelEvent.Moved event) {
		flush(this.reasoning, true);
		flush(this.text, true);
		this.hasText = event == ModelEvent.Moved.TO_TEXT;
		this.hasReasoning = !this.hasText;
		add(event);
	}

	/** Adds the name of the model before the text that follows. */
	void named(ModelEvent.Named event) {
		flush(this.reasoning, false);
		flush(this.text, false);
		add(event);
	}

	/** Adds the pages that the answer cites. */
	void cited(ModelEvent.Cited event) {
		flush(this.reasoning, false);
		flush(this.text, false);
		add(event);
	}

	/** Adds the last event. A remaining half of a pair can no longer become whole. */
	void finished(ModelEvent.Finished event) {
		flush(this.reasoning, true);
		flush(this.text, true);
		add(event);
	}

	/** Adds what a failed attempt cost. */
	void charged(ModelEvent.Charged event) {
		flush(this.reasoning, false);
		flush(this.text, false);
		add(event);
	}

	/**
	 * Takes the collected events.
	 * @return the events in order; often one or none
	 */
	List<ModelEvent> take() {
		flush(this.reasoning, false);
		flush(this.text, false);
		List<ModelEvent> taken = this.events;
		this.events = List.of();
		return taken;
	}

	private void flush(Run run, boolean last) {
		String words = run.take(last);
		if (words == null) {
			return;
		}
		for (String piece : TextPieces.of(words)) {
			add((run == this.text) ? new ModelEvent.Text(piece) : new ModelEvent.Reasoning(piece));
		}
	}

	private void add(ModelEvent event) {
		if (this.events.isEmpty()) {
			this.events = List.of(event);
			return;
		}
		List<ModelEvent> longer = new ArrayList<>(this.events);
		longer.add(event);
		this.events = longer;
	}

	/**
	 * Consecutive deltas of one kind. The first one is kept without a copy, because most
	 * come alone.
	 */
	private static final class Run {

		private @Nullable String first;

		private @Nullable StringBuilder joined;

		/** The first half of a pair, if its second half may follow; 0 for none. */
		private char half;

		void add(String delta) {
			String whole = (this.half != 0) ? this.half + delta : delta;
			this.half = 0;
			if (this.first == null) {
				this.first = whole;
			}
			else {
				if (this.joined == null) {
					this.joined = new StringBuilder(this.first);
				}
				this.joined.append(whole);
			}
		}

		int length() {
			return (this.joined != null) ? this.joined.length() : (this.first != null) ? this.first.length() : 0;
		}

		/**
		 * Takes the text, except a half of a pair that may become whole.
		 * @param last whether no more text follows
		 */
		@Nullable String take(boolean last) {
			if (this.first == null) {
				return (last && this.half != 0) ? LONE_HALF : null;
			}
			String words = (this.joined != null) ? this.joined.toString() : this.first;
			this.first = null;
			this.joined = null;
			return WellFormed.of(last ? words : holdHalf(words));
		}

		private String holdHalf(String words) {
			int end = words.length() - 1;
			if (!Character.isHighSurrogate(words.charAt(end))) {
				return words;
			}
			this.half = words.charAt(end);
			return words.substring(0, end);
		}

	}

}
