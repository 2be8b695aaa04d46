package dev.runnel.attachments;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Copies WebP pictures, also animated ones, chunk by chunk (RFC 9649). A chunk that is
 * left out is replaced by zeros in a chunk of the same length, because the length of the
 * picture comes first.
 */
final class WebpFormat {

	private static final int HEAD_BYTES = 12;

	private static final int CHUNK_BYTES = 8;

	private static final int NUMBER_BYTES = 4;

	/** The chunks that say how the picture looks. */
	private static final Set<String> KEPT = Set.of("VP8X", "VP8 ", "VP8L", "ALPH", "ANIM", "ANMF", "ICCP");

	/** The flags that announce Exif and XMP. */
	private static final int METADATA = 0x08 | 0x04;

	/** A chunk that every reader has to ignore. */
	private static final byte[] FILLER = "FILL".getBytes(StandardCharsets.US_ASCII);

	private static final int EXTENDED_BYTES = 10;

	private static final int SIDE_BITS = 14;

	private static final int SIDE_MASK = (1 << SIDE_BITS) - 1;

	private final PictureBytes bytes;

	private @Nullable PictureSize size;

	private WebpFormat(PictureBytes bytes) {
		this.bytes = bytes;
	}

	static PictureSize copy(PictureBytes bytes) throws IOException {
		return new WebpFormat(bytes).copy();
	}

	private PictureSize copy() throws IOException {
		byte[] head = this.bytes.read(HEAD_BYTES);
		this.bytes.write(head);
		long left = Integer.toUnsignedLong(PictureBytes.littleEndian(head, NUMBER_BYTES, NUMBER_BYTES)) - NUMBER_BYTES;
		while (left >= CHUNK_BYTES) {
			left -= copyChunk(left);
		}
		if (this.size == null) {
			throw PictureBytes.damaged();
		}
		return this.size;
	}

	/** Copies a chunk and returns its length with its head and its padding. */
	private long copyChunk(long left) throws IOException {
		byte[] head = this.bytes.read(CHUNK_BYTES);
		String type = new String(head, 0, NUMBER_BYTES, StandardCharsets.ISO_8859_1);
		long length = Integer.toUnsignedLong(PictureBytes.littleEndian(head, NUMBER_BYTES, NUMBER_BYTES));
		long padded = length + (length & 1);
		if (CHUNK_BYTES + length > left) {
			throw PictureBytes.damaged();
		}
		if (KEPT.contains(type)) {
			this.bytes.write(head);
			this.bytes.copy(padded - copyStart(type, length));
		}
		else {
			fill(head, padded);
		}
		return CHUNK_BYTES + padded;
	}

	/** Copies the beginning of a chunk that states a size, and returns its length. */
	private int copyStart(String type, long length) throws IOException {
		return switch (type) {
			case "VP8X" -> copyExtended(length);
			case "VP8 " -> copyLossy(length);
			case "VP8L" -> copyLossless(length);
			default -> 0;
		};
	}

	private int copyExtended(long length) throws IOException {
		byte[] start = start(EXTENDED_BYTES, length);
		learn(PictureBytes.littleEndian(start, 4, 3) + 1, PictureBytes.littleEndian(start, 7, 3) + 1);
		start[0] &= (byte) ~METADATA;
		this.bytes.write(start);
		return start.length;
	}

	/** A tag of three bytes and a mark of three come before the sides. */
	private int copyLossy(long length) throws IOException {
		byte[] start = start(10, length);
		learn(PictureBytes.littleEndian(start, 6, 2) & SIDE_MASK, PictureBytes.littleEndian(start, 8, 2) & SIDE_MASK);
		this.bytes.write(start);
		return start.length;
	}

	/** A mark of one byte comes before the sides, less one and in 14 bits each. */
	private int copyLossless(long length) throws IOException {
		byte[] start = start(5, length);
		int sides = PictureBytes.littleEndian(start, 1, NUMBER_BYTES);
		learn((sides & SIDE_MASK) + 1, ((sides >>> SIDE_BITS) & SIDE_MASK) + 1);
		this.bytes.write(start);
		return start.length;
	}

	private byte[] start(int count, long length) throws IOException {
		if (length < count) {
			throw PictureBytes.damaged();
		}
		return this.bytes.read(count);
	}

	private void learn(int width, int height) {
		PictureSize stated = this.bytes.size(width, height);
		this.size = (this.size != null) ? this.size.or(stated) : stated;
	}

	private void fill(byte[] head, long padded) throws IOException {
		this.bytes.write(FILLER);
		for (int i = NUMBER_BYTES; i < CHUNK_BYTES; i++) {
			this.bytes.write(head[i]);
		}
		this.bytes.skip(padded);
		this.bytes.zeros(padded);
	}

}
