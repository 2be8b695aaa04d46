package dev.runnel.chat;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The two texts of an answer.
 *
 * @param reasoning the reasoning
 * @param content the content
 * @param haveHtml whether readers get the HTML of both
 */
record AnswerTexts(AnswerText reasoning, AnswerText content, boolean haveHtml) {

	/**
	 * Texts with HTML. Both use the same rendering time. The reasoning ends its Markdown
	 * when half of it is spent, so that long reasoning leaves the other half to the
	 * content.
	 * @param most the rendering time that the answer may take in total
	 * @return the texts of a new answer
	 */
	static AnswerTexts rendered(Duration most) {
		return rendered(most, System::nanoTime);
	}

	/**
	 * Texts with HTML, for a clock.
	 * @param most the rendering time that the answer may take in total
	 * @param nanos the clock, in nanoseconds
	 * @return the texts of a new answer
	 */
	static AnswerTexts rendered(Duration most, LongSupplier nanos) {
		RenderingTime time = new RenderingTime(most, nanos);
		return new AnswerTexts(new AnswerText.Rendered(time, time::isHalfSpent),
				new AnswerText.Rendered(time, time::isSpent), true);
	}

	/**
	 * Texts without HTML.
	 * @return the texts of a new answer
	 */
	static AnswerTexts plain() {
		return new AnswerTexts(new AnswerText.Plain(), new AnswerText.Plain(), false);
	}

	/**
	 * Whether some text is held back.
	 * @return true if one of the texts would send something
	 */
	boolean areWaiting() {
		return this.content.isWaiting() || this.reasoning.isWaiting();
	}

	/**
	 * The longest time for which the held text may wait without a further delta.
	 * @return the time from the last delta on; without meaning if no text waits
	 */
	Duration longestPause() {
		return (this.content.isWaiting() ? this.content : this.reasoning).longestPause();
	}

}
