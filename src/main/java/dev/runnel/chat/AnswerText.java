package dev.runnel.chat;

import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

import dev.runnel.markdown.BlockPatch;
import dev.runnel.markdown.MarkdownUpdate;
import dev.runnel.markdown.StreamingMarkdown;
import org.jspecify.annotations.Nullable;

/**
 * The text of an answer as it grows, and the messages that tell of it.
 */
interface AnswerText {

	/**
	 * Takes in a delta.
	 * @param delta well-formed text
	 * @return what is to be sent now; null if nothing is
	 */
	ChatEvent.@Nullable Message append(String delta);

	/**
	 * Whether taking in the next delta may hold up others on the thread.
	 * @param length how long the delta is
	 * @return true if it belongs on a {@link dev.runnel.web.RenderingThreads rendering
	 * thread}
	 */
	boolean isCostly(int length);

	/**
	 * Whether text waits to be sent with what comes next.
	 * @return true if {@link #flush} would send something
	 */
	boolean isWaiting();

	/**
	 * Sends what waits.
	 * @return what is to be sent now; null if nothing is
	 */
	ChatEvent.@Nullable Message flush();

	/**
	 * No more text will come.
	 * @return what is to be sent as the last; null if nothing is
	 */
	ChatEvent.@Nullable Message finish();

	/**
	 * Where HTML is wanted: the text is sent when it is rendered. What comes after the
	 * time for that is spent is shown as written.
	 */
	final class Rendered implements AnswerText {

		/** Far more than the pieces that a model writes. */
		private static final int LARGE = 1024;

		private final StreamingMarkdown markdown = new StreamingMarkdown();

		private final RenderingTime time;

		/**
		 * Begins an answer.
		 * @param most how much time rendering it may take in all
		 */
		Rendered(Duration most) {
			this(most, System::nanoTime);
		}

		Rendered(Duration most, LongSupplier nanos) {
			this.time = new RenderingTime(most, nanos);
		}

		@Override
		public ChatEvent.@Nullable Message append(String delta) {
			this.time.begin();
			MarkdownUpdate update = this.markdown.append(delta);
			this.time.end();
			if (this.time.isSpent()) {
				this.markdown.endMarkdown();
			}
			return message(update);
		}

		@Override
		public boolean isCostly(int length) {
			return length > LARGE || this.time.isCostly();
		}

		@Override
		public boolean isWaiting() {
			return this.markdown.hasPending();
		}

		@Override
		public ChatEvent.@Nullable Message flush() {
			return message(this.markdown.flush());
		}

		@Override
		public ChatEvent.@Nullable Message finish() {
			return message(this.markdown.finish());
		}

		private static ChatEvent.@Nullable Message message(MarkdownUpdate update) {
			return update.isEmpty() ? null : new ChatEvent.Message(update.content(), update.patches());
		}

	}

	/**
	 * Where only Markdown is wanted: the text is sent as it comes.
	 */
	final class Plain implements AnswerText {

		private static final @Nullable List<BlockPatch> NO_HTML = null;

		@Override
		public ChatEvent.@Nullable Message append(String delta) {
			return delta.isEmpty() ? null : new ChatEvent.Message(delta, NO_HTML);
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
		public ChatEvent.@Nullable Message flush() {
			return null;
		}

		@Override
		public ChatEvent.@Nullable Message finish() {
			return null;
		}

	}

}
