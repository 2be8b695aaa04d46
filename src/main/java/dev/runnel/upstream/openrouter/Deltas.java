package dev.runnel.upstream.openrouter;

import java.util.ArrayList;
import java.util.List;

import dev.runnel.upstream.ModelEvent;
import dev.runnel.upstream.TextPieces;
import dev.runnel.upstream.WellFormed;
import org.jspecify.annotations.Nullable;

/**
 * Gathers what arrived together, so that it goes on as few events: deltas of the same
 * kind become one. A surrogate pair that was cut in two is put together again, half a
 * pair becomes U+FFFD: what goes on can be written as UTF-8. An event has one
 * {@linkplain TextPieces piece} of text at most.
 */
final class Deltas {

	private static final String LONE_HALF = "\uFFFD";

	private final Run text = new Run();

	private final Run reasoning = new Run();

	private List<ModelEvent> events = List.of();

	void text(String delta) {
		flush(this.reasoning, false);
		gather(this.text, delta);
	}

	void reasoning(String delta) {
		flush(this.text, false);
		gather(this.reasoning, delta);
	}

	private void gather(Run run, String delta) {
		run.add(delta);
		if (run.length() >= TextPieces.MAX_CHARS) {
			flush(run, false);
		}
	}

	/** Adds who answers, ahead of the words that come next. */
	void named(ModelEvent.Named event) {
		flush(this.reasoning, false);
		flush(this.text, false);
		add(event);
	}

	/** Adds the last event, after which no half of a pair can become whole. */
	void finished(ModelEvent.Finished event) {
		flush(this.reasoning, true);
		flush(this.text, true);
		add(event);
	}

	/**
	 * Takes what was gathered.
	 * @return the events in their order; often one, or none
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
	 * Deltas of one kind in a row. The first is kept as it is: most come alone.
	 */
	private static final class Run {

		private @Nullable String first;

		private @Nullable StringBuilder joined;

		/** The first half of a pair whose second half may come next; 0 for none. */
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
		 * Takes the words, except for half a pair that may become whole.
		 * @param last whether nothing comes after
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
