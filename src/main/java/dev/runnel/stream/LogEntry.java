package dev.runnel.stream;

import java.nio.charset.StandardCharsets;

/**
 * One event in a log, in its encoded form.
 * <p>
 * The frame has a space after each colon. The standard allows it, and some clients
 * require it (Server-sent events, section 9.2.6 of the HTML standard).
 */
public final class LogEntry {

	private static final byte[] ID = ascii("id: ");

	private static final byte[] EVENT = ascii("\nevent: ");

	private static final byte[] DATA = ascii("\ndata: ");

	private static final byte[] END = ascii("\n\n");

	private final long id;

	private final byte[] frame;

	/**
	 * Encodes an event. It refuses a line break in the name or in the data, because the
	 * next line would be a field of its own (WHATWG HTML, section 9.2.6).
	 * @param id its number in the log, from 1
	 * @param event the event
	 * @throws IllegalArgumentException if the name or the data has a line break
	 */
	public LogEntry(long id, StreamEvent event) {
		this(id, join(ID, ascii(Long.toString(id)), EVENT, oneLine(ascii(event.name())), DATA, oneLine(event.json()),
				END));
	}

	private LogEntry(long id, byte[] frame) {
		this.id = id;
		this.frame = frame;
	}

	/**
	 * Reads an entry that was encoded before.
	 * @param frame the bytes of {@link #frame}
	 * @return the entry
	 * @throws IllegalArgumentException if the bytes do not begin with a number
	 */
	public static LogEntry ofFrame(byte[] frame) {
		int at = ID.length;
		long id = 0;
		while (at < frame.length && frame[at] >= '0' && frame[at] <= '9') {
			id = id * 10 + (frame[at++] - '0');
		}
		if (id == 0) {
			throw new IllegalArgumentException("an entry without a number");
		}
		return new LogEntry(id, frame);
	}

	/**
	 * The entry's number in the log, from 1.
	 */
	public long id() {
		return this.id;
	}

	/**
	 * The bytes to send. All readers share the array, so do not change it.
	 * @return a whole server-sent event
	 */
	public byte[] frame() {
		return this.frame;
	}

	/**
	 * The name of the event.
	 * @return the value of the SSE field {@code event}
	 */
	public String name() {
		String text = text();
		int start = text.indexOf("\nevent: ") + EVENT.length;
		return text.substring(start, text.indexOf('\n', start));
	}

	/**
	 * The data of the event.
	 * @return one line of JSON
	 */
	public String data() {
		String text = text();
		int start = text.indexOf("\ndata: ") + DATA.length;
		return text.substring(start, text.length() - END.length);
	}

	private String text() {
		return new String(this.frame, StandardCharsets.UTF_8);
	}

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

	private static byte[] oneLine(byte[] text) {
		for (byte each : text) {
			if (each == '\n' || each == '\r') {
				throw new IllegalArgumentException("the name or the data of an event has a line break");
			}
		}
		return text;
	}

	private static byte[] join(byte[]... parts) {
		int length = 0;
		for (byte[] part : parts) {
			length += part.length;
		}
		byte[] joined = new byte[length];
		int at = 0;
		for (byte[] part : parts) {
			System.arraycopy(part, 0, joined, at, part.length);
			at += part.length;
		}
		return joined;
	}

}
