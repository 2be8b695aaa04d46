package dev.runnel.attachments;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

import dev.runnel.web.ProblemException;
import dev.runnel.web.Reason;

/**
 * Copies GIF pictures, also animated ones, block by block (GIF89a). Comments and texts
 * are left out.
 */
final class GifFormat {

	private static final int HEADER_BYTES = 13;

	private static final int FRAME_BYTES = 9;

	private static final int SIDE_BYTES = 2;

	private static final int FRAME = 0x2C;

	private static final int EXTENSION = 0x21;

	private static final int END = 0x3B;

	private static final int CONTROL = 0xF9;

	private static final int APPLICATION = 0xFF;

	private static final int COLOUR_BYTES = 3;

	/** The extensions that say how often an animation is repeated. */
	private static final Set<String> LOOPS = Set.of("NETSCAPE2.0", "ANIMEXTS1.0");

	/** The pixels of all frames together: an animation of a minute in a large size. */
	private static final long MAX_FRAME_PIXELS = 1_000_000_000;

	private final PictureBytes bytes;

	private long framePixels;

	private GifFormat(PictureBytes bytes) {
		this.bytes = bytes;
	}

	static PictureSize copy(PictureBytes bytes) throws IOException {
		return new GifFormat(bytes).copy();
	}

	private PictureSize copy() throws IOException {
		byte[] header = this.bytes.read(HEADER_BYTES);
		PictureSize size = this.bytes.size(PictureBytes.littleEndian(header, 6, SIDE_BYTES),
				PictureBytes.littleEndian(header, 8, SIDE_BYTES));
		this.bytes.write(header);
		copyColours(header[10]);
		for (int block = this.bytes.read(); block != END; block = this.bytes.read()) {
			switch (block) {
				case FRAME -> size = size.or(copyFrame());
				case EXTENSION -> copyExtension();
				default -> throw PictureBytes.damaged();
			}
		}
		this.bytes.write(END);
		return size;
	}

	/** Copies a table of colours, if the flags say that there is one. */
	private void copyColours(byte flags) throws IOException {
		if ((flags & 0x80) != 0) {
			this.bytes.copy(COLOUR_BYTES * (2L << (flags & 0x07)));
		}
	}

	private PictureSize copyFrame() throws IOException {
		byte[] frame = this.bytes.read(FRAME_BYTES);
		PictureSize size = this.bytes.size(PictureBytes.littleEndian(frame, 4, SIDE_BYTES),
				PictureBytes.littleEndian(frame, 6, SIDE_BYTES));
		this.framePixels += size.pixels();
		if (this.framePixels > MAX_FRAME_PIXELS) {
			throw ProblemException.of(Reason.FRAMES_TOO_LARGE);
		}
		this.bytes.write(FRAME);
		this.bytes.write(frame);
		copyColours(frame[8]);
		this.bytes.copy(1);
		blocks(true);
		return size;
	}

	private void copyExtension() throws IOException {
		int label = this.bytes.read();
		byte[] first = this.bytes.read(this.bytes.read());
		boolean kept = label == CONTROL
				|| (label == APPLICATION && LOOPS.contains(new String(first, StandardCharsets.ISO_8859_1)));
		if (kept) {
			this.bytes.write(EXTENSION);
			this.bytes.write(label);
			this.bytes.write(first.length);
			this.bytes.write(first);
		}
		if (first.length > 0) {
			blocks(kept);
		}
	}

	/** Reads blocks up to the empty one that ends them. */
	private void blocks(boolean kept) throws IOException {
		int length;
		do {
			length = this.bytes.read();
			byte[] block = this.bytes.read(length);
			if (kept) {
				this.bytes.write(length);
				this.bytes.write(block);
			}
		}
		while (length > 0);
	}

}
