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
		this.id = id;
		this.frame = join(ID, ascii(Long.toString(id)), EVENT, oneLine(ascii(event.name())), DATA,
				oneLine(event.json()), END);
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
