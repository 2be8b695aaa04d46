package dev.runnel.attachments;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The orientation in the Exif data of a photo (Exif 3.0, section 4.6).
 */
final class Exif {

	/** The orientation of a picture that needs no turn. */
	static final int UPRIGHT = 1;

	private static final int LAST = 8;

	private static final byte[] MAGIC = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);

	private static final int ORIENTATION = 0x0112;

	private static final int ENTRY_BYTES = 12;

	/**
	 * The header of the data: the byte order, a constant, and the place of the entries.
	 */
	private static final int HEADER_BYTES = 8;

	private static final int VALUE_AT = 8;

	private static final short SHORT = 3;

	private Exif() {
	}

	/**
	 * Reads the orientation.
	 * @param segment the content of a segment, which may be anything
	 * @return a number from 1 to 8; {@link #UPRIGHT} if the segment states none
	 */
	static int orientation(byte[] segment) {
		if (segment.length < MAGIC.length + HEADER_BYTES
				|| !ByteBuffer.wrap(segment, 0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC))) {
			return UPRIGHT;
		}
		ByteBuffer data = ByteBuffer.wrap(segment, MAGIC.length, segment.length - MAGIC.length).slice();
		data.order((data.get(0) == 'I') ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
		return firstOf(data, data.getInt(HEADER_BYTES - Integer.BYTES));
	}

	private static int firstOf(ByteBuffer data, int entries) {
		if (entries < HEADER_BYTES || entries > data.limit() - Short.BYTES) {
			return UPRIGHT;
		}
		int count = Short.toUnsignedInt(data.getShort(entries));
		for (int i = 0, at = entries + Short.BYTES; i < count && at <= data.limit() - ENTRY_BYTES; i++) {
			if (Short.toUnsignedInt(data.getShort(at)) == ORIENTATION) {
				int value = Short.toUnsignedInt(data.getShort(at + VALUE_AT));
				return (value >= UPRIGHT && value <= LAST) ? value : UPRIGHT;
			}
			at += ENTRY_BYTES;
		}
		return UPRIGHT;
	}

	/**
	 * Writes a segment that states nothing but the orientation.
	 * @param orientation a number from 1 to 8
	 * @return the content of the segment, less than 253 bytes
	 */
	static byte[] withOrientation(int orientation) {
		return ByteBuffer.allocate(MAGIC.length + HEADER_BYTES + Short.BYTES + ENTRY_BYTES + Integer.BYTES)
			.put(MAGIC)
			.put("MM".getBytes(StandardCharsets.US_ASCII))
			.putShort((short) 42)
			.putInt(HEADER_BYTES)
			.putShort((short) 1)
			.putShort((short) ORIENTATION)
			.putShort(SHORT)
			.putInt(1)
			.putShort((short) orientation)
			.putShort((short) 0)
			.putInt(0)
			.array();
	}

}
