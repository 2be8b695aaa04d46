package dev.runnel.conversation;

import dev.runnel.upstream.Origin;
import org.jspecify.annotations.Nullable;

/**
 * What an answer grew by since it was last kept.
 *
 * @param content Markdown
 * @param reasoning plain text
 * @param origin who writes this and what follows; null if that has not changed
 */
public record AnswerDelta(String content, String reasoning, @Nullable Origin origin) {

	/** What an answer grew by that is written by who wrote it before. */
	public AnswerDelta(String content, String reasoning) {
		this(content, reasoning, null);
	}

	/**
	 * Whether it is about no text.
	 * @return true if nothing came
	 */
	public boolean isEmpty() {
		return this.content.isEmpty() && this.reasoning.isEmpty();
	}

}
