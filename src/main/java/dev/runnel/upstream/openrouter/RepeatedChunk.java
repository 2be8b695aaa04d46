package dev.runnel.upstream.openrouter;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * Reads the chunks of one answer. Most of them equal the chunk before but for the text of
 * {@code content}. Such a chunk is read without a parser: its bytes before and after the
 * text are compared with those of the last chunk that the parser read. Text with escapes
 * or with invalid UTF-8, and every other chunk, goes to {@link ChunkReader}. Not safe for
 * use by several threads at once.
 */
final class RepeatedChunk {

	private static final int NONE = -1;

	/** The decoder of Java puts it in place of invalid UTF-8. */
	private static final char REPLACEMENT = '\uFFFD';

	/** The bytes of a chunk up to its text, with the opening quote. */
	private byte[] before = {};

	/** The bytes of the same chunk behind its text, from the closing quote on. */
	private byte[] after = {};

	/**
	 * Reads a chunk.
	 * @param bytes the array that holds the JSON
	 * @param offset the index of its first byte
	 * @param length the number of its bytes
	 * @param names whether to read the names of model and provider; never true again
	 * after false
	 * @return the content of the chunk
	 * @throws tools.jackson.core.JacksonException if it is no JSON, or exceeds the limits
	 * of {@link Json}
	 */
	Chunk read(byte[] bytes, int offset, int length, boolean names) {
		String text = text(bytes, offset, offset + length);
		if (text != null) {
			return new Chunk(null, null, text, null, null, null, false);
		}
		return ChunkReader.read(bytes, offset, length, names,
				(quote) -> remember(bytes, offset, offset + quote, offset + length));
	}

	/** Returns the text if nothing else has changed; null if the parser must read. */
	@Nullable String text(byte[] bytes, int start, int end) {
		int from = start + this.before.length;
		int to = end - this.after.length;
		if (this.before.length == 0 || from >= to || !Arrays.equals(bytes, start, from, this.before, 0, from - start)
				|| !Arrays.equals(bytes, to, end, this.after, 0, end - to) || plainEnd(bytes, from, to) != to) {
			return null;
		}
		String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
		return (text.indexOf(REPLACEMENT) == NONE) ? text : null;
	}

	/**
	 * Remembers a chunk.
	 * @param quote the index of the quote before the text
	 */
	private void remember(byte[] bytes, int start, int quote, int end) {
		// The parser knows no index in a text that is not in UTF-8.
		int close = (quote < start) ? end : plainEnd(bytes, quote + 1, end);
		if (close < end && bytes[quote] == '"' && bytes[close] == '"') {
			this.before = Arrays.copyOfRange(bytes, start, quote + 1);
			this.after = Arrays.copyOfRange(bytes, close, end);
		}
	}

	/** Returns the first index of a byte that does not stand for itself in a string. */
	private static int plainEnd(byte[] bytes, int from, int end) {
		int i = from;
		while (i < end && bytes[i] != '"' && bytes[i] != '\\' && (bytes[i] >= ' ' || bytes[i] < 0)) {
			i++;
		}
		return i;
	}

}
