package dev.runnel.imports;

import org.jspecify.annotations.Nullable;

/**
 * The text that the reader of a ChatGPT message saw.
 *
 * @param leftOut the kind of the message if the reader did not see it; null if the reader
 * saw it
 * @param text Markdown; empty if there is only reasoning
 * @param reasoning plain text; empty if there is none
 */
record ShownText(@Nullable Omission leftOut, String text, String reasoning) {

	static ShownText of(String text, String reasoning) {
		return new ShownText(null, text, reasoning);
	}

	static ShownText none(Omission kind) {
		return new ShownText(kind, "", "");
	}

}
