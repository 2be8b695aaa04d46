package dev.runnel.conversation;

import dev.runnel.upstream.Origin;
import org.jspecify.annotations.Nullable;

/**
 * The text that was added to an answer since the last delta.
 *
 * @param content the new text in Markdown
 * @param reasoning the new reasoning in plain text
 * @param origin the origin of this delta and of the next ones; null if it has not changed
 * @param replaces whether the delta replaces the earlier ones of its turn
 */
public record AnswerDelta(String content, String reasoning, @Nullable Origin origin, boolean replaces) {

	/** Creates a delta that follows the earlier ones. */
	public AnswerDelta(String content, String reasoning, @Nullable Origin origin) {
		this(content, reasoning, origin, false);
	}

	/** Creates a delta with an unchanged origin. */
	public AnswerDelta(String content, String reasoning) {
		this(content, reasoning, null);
	}

	/**
	 * Whether the delta adds no text.
	 * @return true if text and reasoning are both empty
	 */
	public boolean isEmpty() {
		return this.content.isEmpty() && this.reasoning.isEmpty();
	}

}
