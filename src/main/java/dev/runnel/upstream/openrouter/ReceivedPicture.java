package dev.runnel.upstream.openrouter;

import java.lang.ref.Cleaner;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import dev.runnel.memory.MemoryReservation;
import dev.runnel.upstream.SentPicture;
import org.jspecify.annotations.Nullable;

/**
 * A picture while its Base64 text arrives. The text is decoded byte by byte, so only the
 * decoded bytes are kept. A picture that cannot be kept is read to its end all the same,
 * because text may follow.
 */
final class ReceivedPicture implements SentPicture {

	/** The size of a piece, in bytes. Memory is reserved for one at a time. */
	static final int PIECE = 64 * 1024;

	/** An event that is dropped on its way to its reader is closed by nobody. */
	private static final Cleaner DROPPED = Cleaner.create();

	private static final int DIGIT_BITS = 6;

	private static final int DIGITS_OF_GROUP = 4;

	private static final String BROKEN = "It is no valid Base64.";

	private static final int HEX_DIGITS = 4;

	private final MemoryReservation memory;

	private final long max;

	private final List<byte[]> pieces = new ArrayList<>();

	private byte[] piece = new byte[0];

	private int filled;

	private long size;

	private int bits;

	private int bitCount;

	private long digits;

	private boolean padded;

	private boolean escaped;

	/** How many digits of an escaped character are missing. */
	private int hexLeft;

	private int code;

	private @Nullable String refusal;

	/**
	 * Begins a picture.
	 * @param memory reserves its memory
	 * @param max the maximum size, in bytes
	 */
	ReceivedPicture(MemoryReservation memory, long max) {
		this.memory = memory;
		this.max = max;
		DROPPED.register(this, memory::close);
	}

	/**
	 * Decodes text up to the closing quote. A line end ends it as well, because the event
	 * ends there.
	 * @param text holds the text
	 * @param length the number of its bytes
	 * @return the index of the byte behind the picture; the length if the picture goes on
	 */
	int read(byte[] text, int length) {
		for (int i = 0; i < length; i++) {
			byte next = text[i];
			if (next == '"' || next == '\n' || next == '\r') {
				return i;
			}
			read(next);
		}
		return length;
	}

	/** JSON may escape a slash, a line end, and every character by its number. */
	private void read(byte next) {
		if (this.hexLeft > 0) {
			readHex(next);
		}
		else if (this.escaped) {
			this.escaped = false;
			readEscaped(next);
		}
		else if (next == '\\') {
			this.escaped = true;
		}
		else {
			readDigit(next);
		}
	}

	private void readEscaped(byte next) {
		if (next == 'u') {
			this.hexLeft = HEX_DIGITS;
			this.code = 0;
		}
		else if (next != 'n' && next != 'r') {
			readDigit(next);
		}
	}

	private void readHex(byte next) {
		this.code = (this.code << 4) | (Character.digit(next, 16) & 0xF);
		this.hexLeft--;
		if (this.hexLeft == 0) {
			readDigit((byte) this.code);
		}
	}

	private void readDigit(byte next) {
		int value = valueOf(next);
		if (next == '=') {
			this.padded = true;
		}
		else if (value < 0 || this.padded) {
			refuse(BROKEN);
		}
		else if (this.refusal == null) {
			take(value);
		}
	}

	private void take(int value) {
		this.digits++;
		this.bits = (this.bits << DIGIT_BITS) | value;
		this.bitCount += DIGIT_BITS;
		if (this.bitCount >= Byte.SIZE) {
			this.bitCount -= Byte.SIZE;
			add((byte) (this.bits >> this.bitCount));
		}
	}

	private static int valueOf(byte digit) {
		if (digit >= 'A' && digit <= 'Z') {
			return digit - 'A';
		}
		if (digit >= 'a' && digit <= 'z') {
			return digit - 'a' + 26;
		}
		if (digit >= '0' && digit <= '9') {
			return digit - '0' + 52;
		}
		return (digit == '+') ? 62 : (digit == '/') ? 63 : -1;
	}

	private void add(byte decoded) {
		if (this.filled == this.piece.length && !grow()) {
			return;
		}
		this.piece[this.filled++] = decoded;
		this.size++;
	}

	private boolean grow() {
		if (this.size >= this.max) {
			refuse("It is larger than " + this.max / (1024 * 1024) + " MB.");
		}
		else if (!this.memory.tryBegin(PIECE)) {
			refuse("The server had no memory for it.");
		}
		else {
			this.piece = new byte[(int) Math.min(PIECE, this.max - this.size)];
			this.pieces.add(this.piece);
			this.filled = 0;
		}
		return this.refusal == null;
	}

	private void refuse(String reason) {
		if (this.refusal == null) {
			this.refusal = reason;
			close();
		}
	}

	/**
	 * Ends the picture.
	 * @return why it is refused; null if it is complete
	 */
	@Nullable String end() {
		if (this.digits % DIGITS_OF_GROUP == 1) {
			refuse(BROKEN);
		}
		if (this.filled < this.piece.length) {
			this.pieces.set(this.pieces.size() - 1, Arrays.copyOf(this.piece, this.filled));
		}
		this.piece = new byte[0];
		return this.refusal;
	}

	@Override
	public List<byte[]> pieces() {
		return List.copyOf(this.pieces);
	}

	@Override
	public void close() {
		this.pieces.clear();
		this.piece = new byte[0];
		this.filled = 0;
		this.memory.close();
	}

}
