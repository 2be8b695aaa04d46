package dev.runnel.stream.redis;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.runnel.stream.LogEntry;
import dev.runnel.stream.StreamState;
import dev.runnel.web.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * Consecutive entries of a log, written to Redis as one entry. Its id in Redis is the
 * number of its last event, so that Redis refuses a batch that it has already. The last
 * batch has the largest id, so that Redis refuses everything after it.
 *
 * @param after the number of the event before the first one
 * @param entries the entries
 * @param end how the stream ended; null if it goes on
 */
record Batch(long after, List<LogEntry> entries, @Nullable StreamState end) {

	/**
	 * More events than any answer has. A server that goes on with a stream of another one
	 * leaves out so many numbers, because readers may have events that never came to
	 * Redis.
	 */
	static final long UNKNOWN = 1L << 21;

	/** The id of the last batch of a stream. */
	private static final String END_ID = Long.MAX_VALUE + "-0";

	private static final String AFTER = "a";

	private static final String DATA = "d";

	private static final String END = "e";

	/**
	 * A batch without events, behind which Redis refuses those of the server that wrote
	 * the stream.
	 * @param newest the newest batch
	 * @return the batch
	 */
	static Batch fence(Batch newest) {
		return new Batch(newest.lastId(), List.of(), null);
	}

	/** Whether this batch only keeps others away. */
	boolean isFence() {
		return this.entries.isEmpty() && this.end == null && this.after > 0;
	}

	/**
	 * The id of the batch in Redis.
	 */
	String id() {
		return (this.end != null) ? END_ID : (lastId() + (isFence() ? UNKNOWN : 0)) + "-0";
	}

	/** The number of the last event; without entries, that of the event before. */
	long lastId() {
		return this.entries.isEmpty() ? this.after : this.entries.get(this.entries.size() - 1).id();
	}

	/**
	 * The batch as the fields of an entry in Redis.
	 */
	Map<String, byte[]> fields() {
		Map<String, byte[]> fields = new HashMap<>();
		fields.put(AFTER, ascii(Long.toString(this.after)));
		fields.put(DATA, joined());
		if (this.end != null) {
			fields.put(END, ascii(this.end.name()));
		}
		return fields;
	}

	/**
	 * The size of the entries in bytes.
	 */
	int bytes() {
		return this.entries.stream().mapToInt((entry) -> entry.frame().length).sum();
	}

	private byte[] joined() {
		byte[] joined = new byte[bytes()];
		int at = 0;
		for (LogEntry entry : this.entries) {
			System.arraycopy(entry.frame(), 0, joined, at, entry.frame().length);
			at += entry.frame().length;
		}
		return joined;
	}

	/**
	 * Reads the fields of an entry in Redis.
	 * @param fields the fields
	 * @return the batch
	 */
	static Batch of(Map<String, byte[]> fields) {
		byte[] end = fields.get(END);
		return new Batch(Long.parseLong(text(fields, AFTER)), entries(fields.getOrDefault(DATA, new byte[0])),
				(end != null) ? StreamState.valueOf(new String(end, StandardCharsets.US_ASCII)) : null);
	}

	/** An event ends with an empty line, and no other line of it is empty. */
	private static List<LogEntry> entries(byte[] data) {
		List<LogEntry> entries = new ArrayList<>();
		int start = 0;
		for (int at = 1; at < data.length; at++) {
			if (data[at] == '\n' && data[at - 1] == '\n') {
				entries.add(LogEntry.ofFrame(Arrays.copyOfRange(data, start, at + 1)));
				start = at + 1;
			}
		}
		return entries;
	}

	private static String text(Map<String, byte[]> fields, String name) {
		return new String(fields.getOrDefault(name, new byte[] { '0' }), StandardCharsets.US_ASCII);
	}

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

	/**
	 * The entries that a reader lacks.
	 * @param seen the number of the last event that the reader has
	 * @return the later entries; for a reader beyond the end, only the terminal entry
	 * @throws ProblemException (404) if the reader lacks events that are not here, or has
	 * a part of a merged entry
	 */
	List<LogEntry> behind(long seen) {
		if (this.end != null && seen > lastId()) {
			return List.of(this.entries.get(this.entries.size() - 1));
		}
		List<LogEntry> behind = new ArrayList<>();
		long cursor = seen;
		long before = this.after;
		for (LogEntry entry : this.entries) {
			if (entry.id() > cursor) {
				check(cursor, before, isTerminal(entry) ? before + 1 : entry.id());
				behind.add(entry);
				cursor = entry.id();
			}
			before = entry.id();
		}
		return behind;
	}

	/** The terminal entry is never merged, although numbers may be missing before it. */
	private boolean isTerminal(LogEntry entry) {
		return this.end != null && entry == this.entries.get(this.entries.size() - 1);
	}

	/**
	 * An entry fits if the reader has exactly the events before it, or if it is one
	 * event.
	 */
	private static void check(long seen, long before, long id) {
		if (before > seen || (before < seen && id - before > 1)) {
			throw ProblemException.notFound("stream");
		}
	}

}
