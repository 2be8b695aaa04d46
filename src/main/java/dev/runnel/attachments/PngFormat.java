package dev.runnel.attachments;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Copies PNG pictures, also animated ones, chunk by chunk (PNG, third edition, section
 * 5).
 */
final class PngFormat {

	private static final int SIGNATURE_BYTES = 8;

	private static final int NUMBER_BYTES = 4;

	private static final int HEADER_BYTES = 13;

	/** The chunks that say how the picture looks. Others are text, times and places. */
	private static final Set<String> KEPT = Set.of("IHDR", "PLTE", "IDAT", "IEND", "tRNS", "cHRM", "gAMA", "iCCP",
			"sBIT", "sRGB", "cICP", "mDCV", "cLLI", "bKGD", "pHYs", "sPLT", "acTL", "fcTL", "fdAT");

	private PngFormat() {
	}

	static PictureSize copy(PictureBytes bytes) throws IOException {
		bytes.copy(SIGNATURE_BYTES);
		byte[] head = bytes.read(2 * NUMBER_BYTES);
		if (!type(head).equals("IHDR") || length(head) != HEADER_BYTES) {
			throw PictureBytes.damaged();
		}
		byte[] header = bytes.read(HEADER_BYTES);
		PictureSize size = bytes.size(PictureBytes.bigEndian(header, 0, NUMBER_BYTES),
				PictureBytes.bigEndian(header, NUMBER_BYTES, NUMBER_BYTES));
		bytes.write(head);
		bytes.write(header);
		bytes.copy(NUMBER_BYTES);
		copyChunks(bytes);
		return size;
	}

	private static void copyChunks(PictureBytes bytes) throws IOException {
		String type;
		do {
			byte[] head = bytes.read(2 * NUMBER_BYTES);
			type = type(head);
			long rest = length(head) + NUMBER_BYTES;
			if (KEPT.contains(type)) {
				bytes.write(head);
				bytes.copy(rest);
			}
			else {
				bytes.skip(rest);
			}
		}
		while (!type.equals("IEND"));
	}

	private static long length(byte[] head) {
		return Integer.toUnsignedLong(PictureBytes.bigEndian(head, 0, NUMBER_BYTES));
	}

	private static String type(byte[] head) {
		return new String(head, NUMBER_BYTES, NUMBER_BYTES, StandardCharsets.ISO_8859_1);
	}

}
