package dev.runnel.upstream.openrouter;

import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * How models mark thoughts in their text. Case does not matter.
 *
 * @param open the tag before a thought
 * @param closes the tags behind it, longest first
 */
record ThoughtSpelling(String open, List<String> closes) {

	private static final List<ThoughtSpelling> ALL = List.of(
			// DeepSeek R1, Qwen, GLM, MiniMax and most others
			spelling("<think>", "</think>"),
			// Claude-like prompts
			spelling("<thinking>", "</thinking>"),
			// Gemini and Gemma
			spelling("<thought>", "</thought>"),
			// Seed-OSS
			spelling("<seed:think>", "</seed:think>"),
			// MiniMax M3
			spelling("<mm:think>", "</mm:think>"),
			// Kimi
			spelling("\u25c1think\u25b7", "\u25c1/think\u25b7"),
			// OpenThinker
			spelling("<|begin_of_thought|>", "<|end_of_thought|>"),
			// Command A
			spelling("<|START_THINKING|>", "<|END_THINKING|>"),
			// gpt-oss without a parser
			spelling("<|channel|>analysis<|message|>", "<|end|><|start|>assistant<|channel|>final<|message|>",
					"<|start|>assistant<|channel|>final<|message|>", "<|channel|>final<|message|>"));

	/** Every tag begins with {@code <} or with this character. */
	private static final char TRIANGLE = '\u25c1';

	/** The length of the longest tag, in UTF-16 units. */
	static final int MAX_CHARS = ALL.stream()
		.flatMap((spelling) -> Stream.concat(Stream.of(spelling.open), spelling.closes.stream()))
		.mapToInt(String::length)
		.max()
		.orElseThrow();

	private static ThoughtSpelling spelling(String open, String... closes) {
		return new ThoughtSpelling(open, List.of(closes));
	}

	/** All spellings. */
	static List<ThoughtSpelling> all() {
		return ALL;
	}

	/**
	 * Finds an opening tag at a place.
	 * @return its spelling; null if there is none
	 */
	static @Nullable ThoughtSpelling opening(String text, int at) {
		for (ThoughtSpelling spelling : ALL) {
			if (isAt(spelling.open, text, at)) {
				return spelling;
			}
		}
		return null;
	}

	/**
	 * Finds a closing tag at a place.
	 * @return the tag; null if there is none
	 */
	static @Nullable String closing(String text, int at) {
		for (ThoughtSpelling spelling : ALL) {
			String tag = spelling.closeAt(text, at);
			if (tag != null) {
				return tag;
			}
		}
		return null;
	}

	private @Nullable String closeAt(String text, int at) {
		for (String tag : this.closes) {
			if (isAt(tag, text, at)) {
				return tag;
			}
		}
		return null;
	}

	/**
	 * Whether the rest of a text may be the beginning of a tag.
	 */
	static boolean mayBecomeTag(String text, int at) {
		return text.length() - at < MAX_CHARS
				&& ALL.stream().anyMatch((spelling) -> isBegun(spelling.open, text, at) || spelling.mayClose(text, at));
	}

	private boolean mayClose(String text, int at) {
		return this.closes.stream().anyMatch((tag) -> isBegun(tag, text, at));
	}

	/**
	 * Finds the end of a thought.
	 * @param text the text of the thought, and what follows it
	 * @param spelling the spelling of its opening tag; null for any
	 */
	static Find findEnd(String text, @Nullable ThoughtSpelling spelling) {
		for (int at = nextMark(text, 0); at < text.length(); at = nextMark(text, at + 1)) {
			String tag = (spelling != null) ? spelling.closeAt(text, at) : closing(text, at);
			boolean begun = (spelling != null) ? spelling.mayClose(text, at) : mayBecomeTag(text, at);
			if (tag != null || begun) {
				return new Find(at, tag);
			}
		}
		return new Find(text.length(), null);
	}

	/**
	 * Finds the first tag of any kind.
	 * @param text the text
	 * @param from the index to begin at
	 */
	static Find findAny(String text, int from) {
		for (int at = nextMark(text, from); at < text.length(); at = nextMark(text, at + 1)) {
			ThoughtSpelling opening = opening(text, at);
			String tag = (opening != null) ? opening.open : closing(text, at);
			if (tag != null || mayBecomeTag(text, at)) {
				return new Find(at, tag);
			}
		}
		return new Find(text.length(), null);
	}

	/** Looks at each character once, because a text may have many marks. */
	private static int nextMark(String text, int from) {
		int at = from;
		while (at < text.length() && !isMark(text.charAt(at))) {
			at++;
		}
		return at;
	}

	private static boolean isMark(char c) {
		return c == '<' || c == TRIANGLE;
	}

	private static boolean isAt(String tag, String text, int at) {
		return text.regionMatches(true, at, tag, 0, tag.length());
	}

	/** Whether the rest of a text is a part of a tag, but not the whole tag. */
	private static boolean isBegun(String tag, String text, int at) {
		int rest = text.length() - at;
		return rest < tag.length() && text.regionMatches(true, at, tag, 0, rest);
	}

	/**
	 * A place in a text.
	 *
	 * @param at the index of a tag, of what may become one, or of the end of the text
	 * @param tag the whole tag; null if it may still become one, or if there is none
	 */
	record Find(int at, @Nullable String tag) {

		/** The index behind the tag. */
		int end() {
			return this.at + ((this.tag != null) ? this.tag.length() : 0);
		}

	}

}
