package dev.runnel.upstream.openrouter;

import java.util.ArrayDeque;
import java.util.Deque;

import org.jspecify.annotations.Nullable;

/**
 * Texts in the order of the chunk. They are joined once at the end, because the cost of
 * joining each one grows with the square of their number.
 *
 * @param before the texts before the last one; null for none
 * @param last the last text
 */
record Words(@Nullable Words before, String last) {

	static @Nullable Words add(@Nullable Words before, @Nullable String text) {
		return (text != null) ? new Words(before, text) : before;
	}

	static @Nullable String joined(@Nullable Words words) {
		if (words == null || words.before == null) {
			return (words != null) ? words.last : null;
		}
		Deque<String> texts = new ArrayDeque<>();
		for (Words each = words; each != null; each = each.before) {
			texts.addFirst(each.last);
		}
		return String.join("", texts);
	}

}
