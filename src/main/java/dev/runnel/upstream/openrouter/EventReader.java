package dev.runnel.upstream.openrouter;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import dev.runnel.upstream.UpstreamFailure.Kind;

import org.springframework.core.io.buffer.DataBuffer;

/**
 * Splits the bytes of an
 * <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">event
 * stream</a> into events, wherever the network cut them. It keeps only the data of each
 * event, and whether the server marked it as an error.
 * <p>
 * One array is reused for everything, and data of several lines is joined in place. A
 * line ends with LF, CR or CRLF:
 * <table>
 * <caption>What a line does</caption>
 * <tr>
 * <th>line</th>
 * <th>effect</th>
 * </tr>
 * <tr>
 * <td>empty</td>
 * <td>ends the event, if it has data</td>
 * </tr>
 * <tr>
 * <td>{@code data}, {@code data:value}, {@code data: value}</td>
 * <td>adds the value to the data, after a line feed if it has some</td>
 * </tr>
 * <tr>
 * <td>{@code event: error}</td>
 * <td>marks the event as an error</td>
 * </tr>
 * <tr>
 * <td>{@code error: value}, which llama.cpp sends</td>
 * <td>as {@code data: value}, and marks the event as an error</td>
 * </tr>
 * <tr>
 * <td>begins with a brace or a bracket: JSON without a field name</td>
 * <td>this line and the lines up to an empty one are the data of a bare event</td>
 * </tr>
 * <tr>
 * <td>anything else: comments, other fields</td>
 * <td>none</td>
 * </tr>
 * </table>
 * Not safe for use by several threads at once.
 */
final class EventReader {

	private static final int SMALL = 1024;

	/**
	 * A larger array is released when it is empty, so that one burst does not keep its
	 * memory.
	 */
	private static final int LARGE = 64 * 1024;

	private static final int NONE = -1;

	private static final byte[] DATA = bytes("data");

	private static final byte[] ERROR = bytes("error");

	private static final byte[] EVENT = bytes("event");

	private final int maxEvent;

	private byte[] bytes = new byte[SMALL];

	private int limit;

	private int lineStart;

	/** The current line has no line end before this index. */
	private int searched;

	private int dataStart = NONE;

	private int dataEnd;

	private boolean afterCarriageReturn;

	private boolean begun;

	private boolean error;

	private boolean bare;

	private boolean taken;

	/**
	 * Creates a reader of one stream.
	 * @param maxEvent the maximum size of one event, in bytes
	 */
	EventReader(int maxEvent) {
		this.maxEvent = maxEvent;
	}

	/**
	 * Adds the next bytes of a buffer.
	 * @param buffer the buffer to read; the caller releases it
	 * @param count the number of bytes
	 */
	void append(DataBuffer buffer, int count) {
		makeRoom(count);
		buffer.read(this.bytes, this.limit, count);
		this.limit += count;
	}

	/**
	 * Adds bytes.
	 * @param source holds the bytes
	 * @param from the index of the first one
	 * @param to the index behind the last one
	 */
	void append(byte[] source, int from, int to) {
		makeRoom(to - from);
		System.arraycopy(source, from, this.bytes, this.limit, to - from);
		this.limit += to - from;
	}

	/**
	 * Takes back the newest bytes, which were added after the last event was read.
	 * @param from the index of the first one
	 * @return the bytes
	 */
	byte[] cut(int from) {
		byte[] taken = Arrays.copyOfRange(this.bytes, from, this.limit);
		this.limit = from;
		return taken;
	}

	/** The index behind the last byte in the array. */
	int limit() {
		return this.limit;
	}

	/**
	 * Moves to the next complete event. Its data is valid until the next call.
	 * @return false if more bytes are needed
	 * @throws Failure if an event is too long
	 */
	boolean next() {
		forgetTaken();
		for (int end = lineEnd(); end != NONE; end = lineEnd()) {
			boolean complete = readLine(this.lineStart, end);
			this.afterCarriageReturn = this.bytes[end] == '\r';
			this.lineStart = end + 1;
			this.searched = this.lineStart;
			if (complete) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Moves to the rest after the last byte: an event without its empty line, possibly
	 * cut short.
	 * @return false if there is no rest
	 */
	boolean last() {
		forgetTaken();
		if (this.lineStart < this.limit) {
			readLine(this.lineStart, this.limit);
			this.lineStart = this.limit;
		}
		this.taken = this.dataStart != NONE;
		return this.taken;
	}

	/** The array that holds all bytes, and the data of the event. */
	byte[] array() {
		return this.bytes;
	}

	/** The index of the first byte of the data. */
	int offset() {
		return this.dataStart;
	}

	/** The number of bytes of the data. */
	int length() {
		return this.dataEnd - this.dataStart;
	}

	/** Whether the server marked the event as an error. */
	boolean isError() {
		return this.error;
	}

	/** Whether the data came without a field name. */
	boolean isBare() {
		return this.bare;
	}

	private void forgetTaken() {
		if (this.taken) {
			this.taken = false;
			this.dataStart = NONE;
			forgetMarks();
		}
	}

	private void forgetMarks() {
		this.error = false;
		this.bare = false;
	}

	private int lineEnd() {
		skipLineFeedOfPair();
		byte[] array = this.bytes;
		for (int i = this.searched; i < this.limit; i++) {
			if (array[i] == '\n' || array[i] == '\r') {
				return i;
			}
		}
		this.searched = this.limit;
		checkLength(this.limit - this.lineStart);
		return NONE;
	}

	private void skipLineFeedOfPair() {
		if (this.afterCarriageReturn && this.lineStart < this.limit) {
			this.afterCarriageReturn = false;
			if (this.bytes[this.lineStart] == '\n') {
				this.lineStart++;
				this.searched = this.lineStart;
			}
		}
	}

	private boolean readLine(int from, int end) {
		int start = from;
		if (!this.begun) {
			this.begun = true;
			start = afterByteOrderMark(from, end);
		}
		if (start == end) {
			return endEvent();
		}
		readField(start, end);
		return false;
	}

	private boolean endEvent() {
		this.taken = this.dataStart != NONE;
		if (!this.taken) {
			forgetMarks();
		}
		return this.taken;
	}

	private void readField(int start, int end) {
		if (isField(DATA, start, end)) {
			addData(valueStart(DATA, start, end), end);
		}
		else if (isField(ERROR, start, end)) {
			this.error = true;
			addData(valueStart(ERROR, start, end), end);
		}
		else if (isField(EVENT, start, end)) {
			int value = valueStart(EVENT, start, end);
			this.error |= Arrays.equals(this.bytes, value, end, ERROR, 0, ERROR.length);
		}
		else if (this.bare || this.bytes[start] == '{' || this.bytes[start] == '[') {
			this.bare = true;
			addData(start, end);
		}
	}

	private int afterByteOrderMark(int start, int end) {
		boolean mark = end - start >= 3 && this.bytes[start] == (byte) 0xEF && this.bytes[start + 1] == (byte) 0xBB
				&& this.bytes[start + 2] == (byte) 0xBF;
		return mark ? start + 3 : start;
	}

	private boolean isField(byte[] name, int start, int end) {
		int colon = start + name.length;
		return end >= colon && Arrays.equals(this.bytes, start, colon, name, 0, name.length)
				&& (end == colon || this.bytes[colon] == ':');
	}

	private int valueStart(byte[] name, int start, int end) {
		int value = Math.min(start + name.length + 1, end);
		return (value < end && this.bytes[value] == ' ') ? value + 1 : value;
	}

	private void addData(int start, int end) {
		if (this.dataStart == NONE) {
			this.dataStart = start;
			this.dataEnd = end;
		}
		else {
			// there is room for it, because the line end between the two lines is dropped
			this.bytes[this.dataEnd++] = '\n';
			System.arraycopy(this.bytes, start, this.bytes, this.dataEnd, end - start);
			this.dataEnd += end - start;
		}
		checkLength(0);
	}

	private void checkLength(int unread) {
		int data = (this.dataStart != NONE) ? this.dataEnd - this.dataStart : 0;
		if (data + unread > this.maxEvent) {
			throw Failure.of(Kind.INVALID_RESPONSE, "an event is longer than " + this.maxEvent + " bytes");
		}
	}

	private void makeRoom(int count) {
		forgetTaken();
		if (this.dataStart == NONE && this.lineStart == this.limit) {
			reset();
		}
		else if (this.bytes.length - this.limit < count) {
			compact();
		}
		if (this.bytes.length - this.limit < count) {
			this.bytes = Arrays.copyOf(this.bytes, Math.max(this.limit + count, 2 * this.bytes.length));
		}
	}

	private void reset() {
		this.limit = 0;
		this.lineStart = 0;
		this.searched = 0;
		if (this.bytes.length > LARGE) {
			this.bytes = new byte[SMALL];
		}
	}

	/**
	 * Moves the data to the front of the array, followed by the unread line. One byte
	 * between them is reserved for the line feed that joins them.
	 */
	private void compact() {
		int kept = 0;
		if (this.dataStart != NONE) {
			int length = this.dataEnd - this.dataStart;
			move(this.dataStart, 0, length);
			this.dataStart = 0;
			this.dataEnd = length;
			kept = length + 1;
		}
		int unread = this.limit - this.lineStart;
		move(this.lineStart, kept, unread);
		this.searched = kept + this.searched - this.lineStart;
		this.lineStart = kept;
		this.limit = kept + unread;
	}

	/**
	 * Moves bytes within the array. Bytes that are in place are not touched: a long event
	 * with many short lines would be moved for each of them.
	 */
	private void move(int from, int to, int length) {
		if (from != to) {
			System.arraycopy(this.bytes, from, this.bytes, to, length);
		}
	}

	private static byte[] bytes(String name) {
		return name.getBytes(StandardCharsets.US_ASCII);
	}

}
