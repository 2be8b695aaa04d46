package dev.runnel.imports;

import org.jspecify.annotations.Nullable;

/**
 * The visible text of a ChatGPT message.
 *
 * @param leftOut the kind of a message that was not visible; null for a visible one
 * @param text Markdown; empty if there is only reasoning
 * @param reasoning plain text; empty if there is none
 */
record ChatGptText(@Nullable Omission leftOut, String text, String reasoning) {

	static ChatGptText of(String text, String reasoning) {
		return new ChatGptText(null, text, reasoning);
	}

	static ChatGptText none(Omission kind) {
		return new ChatGptText(kind, "", "");
	}

}
