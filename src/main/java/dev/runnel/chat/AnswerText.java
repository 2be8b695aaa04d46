package dev.runnel.chat;

import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

import dev.runnel.markdown.BlockPatch;
import dev.runnel.markdown.CalmText;
import dev.runnel.markdown.StreamingMarkdown;
import dev.runnel.markdown.StreamingMarkdown.MarkdownUpdate;
import org.jspecify.annotations.Nullable;

/**
 * A text of an answer as it grows: its content or its reasoning.
 */
interface AnswerText {

	/**
	 * Adds a delta.
	 * @param delta well-formed text
	 * @return the delta to send now; null for none
	 */
	@Nullable TextDelta append(String delta);

	/**
	 * Whether adding the next delta may delay other work on the thread.
	 * @param length the length of the delta, in UTF-16 units
	 * @return true if a {@link dev.runnel.web.RenderingThreads rendering thread} should
	 * do it
	 */
	boolean isCostly(int length);

	/**
	 * Whether some text is held back, to be sent together with later text.
	 * @return true if {@link #flush} would send something
	 */
	boolean isWaiting();

	/**
	 * The longest time for which the held text may wait without a further delta.
	 * @return the time from the last delta on; without meaning if no text waits
	 */
	Duration longestPause();

	/**
	 * Sends the text that is held back.
	 * @return the delta to send now; null for none
	 */
	@Nullable TextDelta flush();

	/**
	 * Ends the text.
	 * @return the last delta to send; null for none
	 */
	@Nullable TextDelta finish();

	/** Begins again with an empty text, after {@link #finish}. */
	void restart();

	/**
	 * Text with HTML. It is sent when it is rendered. A short end whose meaning is not
	 * decided yet waits a moment. When the rendering time is spent, later text is shown
	 * as plain text, without waiting.
	 */
	final class Rendered implements AnswerText {

		/**
		 * The length above which a delta is costly, in UTF-16 units. A full read of 192
		 * KB of usual chunks brings about 3,600, and a switch of threads for each read
		 * costs more than its Markdown.
		 */
		static final int LARGE = 4096;

		/** The time without new text after which held text is shown. */
		private static final Duration QUIET = Duration.ofMillis(100);

		/**
		 * Renders the text; null while there is none, because most answers have no
		 * reasoning.
		 */
		private @Nullable StreamingMarkdown markdown;

		private CalmText calm = new CalmText();

		private final RenderingTime time;

		private final BooleanSupplier isTimeSpent;

		/**
		 * Begins a text.
		 * @param time the rendering time of the answer
		 * @param isTimeSpent whether the part of it that this text may use is spent
		 */
		Rendered(RenderingTime time, BooleanSupplier isTimeSpent) {
			this.time = time;
			this.isTimeSpent = isTimeSpent;
		}

		@Override
		public @Nullable TextDelta append(String delta) {
			String text = this.isTimeSpent.getAsBoolean() ? this.calm.takeAll() + delta : this.calm.take(delta);
			if (text.isEmpty()) {
				return null;
			}
			this.time.begin();
			MarkdownUpdate update = markdown().append(text);
			this.time.end();
			return delta(update);
		}

		@Override
		public boolean isCostly(int length) {
			return length > LARGE || this.time.isCostly()
					|| (this.markdown != null && this.markdown.isNextUpdateLong());
		}

		@Override
		public boolean isWaiting() {
			return this.calm.isHolding() || (this.markdown != null && this.markdown.hasPending());
		}

		@Override
		public Duration longestPause() {
			return this.calm.isHolding() ? this.calm.longestPause() : QUIET;
		}

		@Override
		public @Nullable TextDelta flush() {
			return isEmpty() ? null : delta(held().flush());
		}

		@Override
		public @Nullable TextDelta finish() {
			return isEmpty() ? null : delta(held().finish());
		}

		@Override
		public void restart() {
			this.markdown = null;
			this.calm = new CalmText();
		}

		private boolean isEmpty() {
			return this.markdown == null && !this.calm.isHolding();
		}

		/** The renderer with the text that waited. */
		private StreamingMarkdown held() {
			StreamingMarkdown renderer = markdown();
			renderer.hold(this.calm.takeAll());
			return renderer;
		}

		/** The renderer, whose Markdown ends when the time is spent. */
		private StreamingMarkdown markdown() {
			StreamingMarkdown renderer = (this.markdown != null) ? this.markdown : new StreamingMarkdown();
			this.markdown = renderer;
			if (this.isTimeSpent.getAsBoolean()) {
				renderer.endMarkdown();
			}
			return renderer;
		}

		private static @Nullable TextDelta delta(MarkdownUpdate update) {
			return update.isEmpty() ? null : new TextDelta(update.content(), update.patches());
		}

	}

	/**
	 * Text without HTML. It is sent as it arrives.
	 */
	final class Plain implements AnswerText {

		private static final @Nullable List<BlockPatch> NO_HTML = null;

		@Override
		public @Nullable TextDelta append(String delta) {
			return delta.isEmpty() ? null : new TextDelta(delta, NO_HTML);
		}

		@Override
		public boolean isCostly(int length) {
			return false;
		}

		@Override
		public boolean isWaiting() {
			return false;
		}

		@Override
		public Duration longestPause() {
			return Duration.ZERO;
		}

		@Override
		public @Nullable TextDelta flush() {
			return null;
		}

		@Override
		public @Nullable TextDelta finish() {
			return null;
		}

		@Override
		public void restart() {
		}

	}

}
