package dev.runnel.upstream.openrouter;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

import dev.runnel.memory.MemoryAccount;
import dev.runnel.memory.MemoryUse;
import org.jspecify.annotations.Nullable;

import org.springframework.core.io.buffer.DataBuffer;

/**
 * Cuts pictures out of the bytes of an answer before they are split into events. A
 * picture is the Base64 of a JSON property {@code "url"} with a data URL. It is decoded
 * while it arrives, and its event gets a number in its place. So neither the Base64 nor
 * the event with it is ever in memory as a whole.
 * <p>
 * Not safe for use by several threads at once.
 */
final class PictureCutter implements AutoCloseable {

	private static final byte[] SCHEME = bytes("\"data:");

	private static final int BYTES = 256;

	private static final int LOW_BITS = BYTES - 1;

	private static final byte[] SKIPS = skips();

	private static final byte[] NAME = bytes("\"url\"");

	private static final byte[] ENCODING = bytes(";base64");

	/** Stands before the number of a picture. It is no digit of Base64. */
	private static final char MARK = '#';

	/** The longest media type of a data URL, with its parameters. */
	private static final int MAX_TYPE = 100;

	/** The longest beginning of a property with a data URL. */
	private static final int MAX_HEAD = 160;

	/** The maximum number of bytes that are added at once. */
	private static final int STEP = 16 * 1024;

	/** An event has few pictures, and its pictures are taken when it is read. */
	private static final int MAX_CUTS = 16;

	private static final int NONE = -1;

	private final EventReader events;

	private final MemoryAccount memory;

	private final long max;

	private final Deque<Cut> cuts = new ArrayDeque<>();

	private @Nullable ReceivedPicture current;

	private int count;

	/**
	 * Begins an answer.
	 * @param events gets the bytes without the pictures
	 * @param memory counts the memory of pictures
	 * @param max the maximum size of a picture, in bytes
	 */
	PictureCutter(EventReader events, MemoryAccount memory, long max) {
		this.events = events;
		this.memory = memory;
		this.max = max;
	}

	/**
	 * Adds the next bytes of a buffer to the events, without the pictures in them. It
	 * takes a limited number, so that events are read before there are more.
	 * @param buffer the buffer to read; the caller releases it
	 */
	void append(DataBuffer buffer) {
		int count = Math.min(STEP, buffer.readableByteCount());
		if (this.current == null) {
			this.events.append(buffer, count);
			goOn(cut(count));
			return;
		}
		byte[] step = new byte[count];
		buffer.read(step);
		append(step, count);
	}

	private void append(byte[] bytes, int length) {
		int end = readPicture(bytes, length);
		if (end < length) {
			this.events.append(bytes, end, length);
			goOn(cut(length - end));
		}
	}

	private void goOn(byte[] rest) {
		byte[] left = rest;
		while (left.length > 0) {
			int end = readPicture(left, left.length);
			this.events.append(left, end, left.length);
			left = (end < left.length) ? cut(left.length - end) : new byte[0];
		}
	}

	/** Reads on with a picture that has begun. */
	private int readPicture(byte[] bytes, int length) {
		if (this.current == null) {
			return 0;
		}
		int end = this.current.read(bytes, length);
		if (end < length) {
			this.cuts.add(new Cut(this.count, this.current, this.current.end()));
			this.current = null;
			forgetOldest();
		}
		return end;
	}

	/** Data URLs that are no pictures of the answer are never taken. */
	private void forgetOldest() {
		if (this.cuts.size() > MAX_CUTS) {
			this.cuts.remove().picture().close();
		}
	}

	/**
	 * Begins the first picture in the newest bytes of the events.
	 * @param fresh the number of bytes that were not searched before
	 * @return the bytes behind the beginning of the picture; none if no picture begins
	 */
	private byte[] cut(int fresh) {
		int start = find(fresh);
		if (start == NONE) {
			return new byte[0];
		}
		byte[] rest = this.events.cut(start);
		this.count++;
		this.current = new ReceivedPicture(this.memory.count(MemoryUse.PICTURES, 0), this.max);
		byte[] number = bytes(MARK + Integer.toString(this.count));
		this.events.append(number, 0, number.length);
		return rest;
	}

	/** Looks at every sixth byte in most cases, because every chunk comes here. */
	private int find(int fresh) {
		byte[] bytes = this.events.array();
		int limit = this.events.limit();
		int at = Math.max(0, limit - fresh - MAX_HEAD) + SCHEME.length - 1;
		while (at < limit) {
			int start = (bytes[at] == ':') ? content(bytes, at + 1, limit) : NONE;
			if (start > limit - fresh) {
				return start;
			}
			at += SKIPS[bytes[at] & LOW_BITS];
		}
		return NONE;
	}

	/** How far the scheme can end behind each byte at the earliest. */
	private static byte[] skips() {
		byte[] skips = new byte[BYTES];
		Arrays.fill(skips, (byte) SCHEME.length);
		for (int i = 0; i < SCHEME.length - 1; i++) {
			skips[SCHEME[i]] = (byte) (SCHEME.length - 1 - i);
		}
		return skips;
	}

	/**
	 * Returns where the Base64 of a picture begins whose scheme ends here.
	 */
	private static int content(byte[] bytes, int end, int limit) {
		if (!isBefore(end, SCHEME, bytes) || !isNamed(bytes, end - SCHEME.length)) {
			return NONE;
		}
		for (int i = end; i < Math.min(limit, end + MAX_TYPE) && bytes[i] != '"'; i++) {
			if (bytes[i] == ',') {
				return isBefore(i, ENCODING, bytes) ? i + 1 : NONE;
			}
		}
		return NONE;
	}

	private static boolean isNamed(byte[] bytes, int valueStart) {
		int colon = skipBlanks(bytes, valueStart);
		return colon > 0 && bytes[colon - 1] == ':' && isBefore(skipBlanks(bytes, colon - 1), NAME, bytes);
	}

	private static int skipBlanks(byte[] bytes, int end) {
		int at = end;
		while (at > 0 && bytes[at - 1] == ' ') {
			at--;
		}
		return at;
	}

	private static boolean isBefore(int end, byte[] text, byte[] bytes) {
		int start = end - text.length;
		return start >= 0 && Arrays.equals(bytes, start, end, text, 0, text.length);
	}

	/** Whether a picture has begun and not ended. */
	boolean isCutting() {
		return this.current != null;
	}

	/**
	 * Takes the picture that was cut out of an event.
	 * @param url the data URL in the event
	 * @return the picture; null if none was cut out of this URL
	 */
	@Nullable Cut take(String url) {
		String number = url.substring(url.lastIndexOf(MARK) + 1);
		if (!url.startsWith("data:") || this.cuts.stream().noneMatch((cut) -> cut.isNamed(number))) {
			return null;
		}
		Cut first = this.cuts.remove();
		while (!first.isNamed(number)) {
			first.picture().close();
			first = this.cuts.remove();
		}
		return first;
	}

	/** Releases all pictures that were not taken. */
	@Override
	public void close() {
		this.cuts.forEach((cut) -> cut.picture().close());
		this.cuts.clear();
		if (this.current != null) {
			this.current.close();
		}
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

	/**
	 * A picture that was cut out.
	 *
	 * @param number its number in the answer
	 * @param picture the picture
	 * @param refusal why it cannot be kept, a sentence; null if it can
	 */
	record Cut(int number, ReceivedPicture picture, @Nullable String refusal) {

		boolean isNamed(String number) {
			return number.equals(Integer.toString(this.number));
		}

	}

}
