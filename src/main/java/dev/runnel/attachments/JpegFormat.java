package dev.runnel.attachments;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Copies JPEG pictures, marker by marker (ITU-T T.81, annex B). Of the metadata only the
 * orientation stays, because a photo would be shown on its side without it.
 */
final class JpegFormat {

	private static final int MARK = 0xFF;

	private static final int START = 0xD8;

	private static final int END = 0xD9;

	private static final int SCAN = 0xDA;

	private static final int COMMENT = 0xFE;

	/** The first and the last kind of segment that programs add. */
	private static final int APP0 = 0xE0;

	private static final int APP1 = 0xE1;

	private static final int APP2 = 0xE2;

	private static final int APP14 = 0xEE;

	private static final int APP15 = 0xEF;

	/** Markers between those of a frame's header that are none: tables, and a reserve. */
	private static final Set<Integer> NO_FRAME = Set.of(0xC4, 0xC8, 0xCC);

	private static final int FIRST_FRAME = 0xC0;

	private static final int LAST_FRAME = 0xCF;

	private static final int LENGTH_BYTES = 2;

	private final PictureBytes bytes;

	private @Nullable PictureSize size;

	private JpegFormat(PictureBytes bytes) {
		this.bytes = bytes;
	}

	static PictureSize copy(PictureBytes bytes) throws IOException {
		return new JpegFormat(bytes).copy();
	}

	private PictureSize copy() throws IOException {
		if (marker() != START) {
			throw PictureBytes.damaged();
		}
		writeMarker(START);
		int marker = marker();
		while (marker != END) {
			copySegment(marker);
			marker = (marker == SCAN) ? copyScan() : marker();
		}
		writeMarker(END);
		if (this.size == null) {
			throw PictureBytes.damaged();
		}
		return this.size;
	}

	/** Reads the next marker. */
	private int marker() throws IOException {
		if (this.bytes.read() != MARK) {
			throw PictureBytes.damaged();
		}
		return afterFill();
	}

	/** Reads the second byte of a marker. Any number of fill bytes may come before it. */
	private int afterFill() throws IOException {
		int marker = this.bytes.read();
		while (marker == MARK) {
			marker = this.bytes.read();
		}
		return marker;
	}

	private void writeMarker(int marker) throws IOException {
		this.bytes.write(MARK);
		this.bytes.write(marker);
	}

	private void copySegment(int marker) throws IOException {
		byte[] length = this.bytes.read(LENGTH_BYTES);
		int rest = PictureBytes.bigEndian(length, 0, LENGTH_BYTES) - LENGTH_BYTES;
		if (marker < FIRST_FRAME || rest < 0) {
			throw PictureBytes.damaged();
		}
		byte[] content = this.bytes.read(rest);
		if (isFrame(marker)) {
			learnSize(content);
		}
		if (isKept(marker, content)) {
			writeMarker(marker);
			this.bytes.write(length);
			this.bytes.write(content);
		}
		else if (marker == APP1) {
			writeOrientation(Exif.orientation(content));
		}
	}

	private static boolean isFrame(int marker) {
		return marker >= FIRST_FRAME && marker <= LAST_FRAME && !NO_FRAME.contains(marker);
	}

	/** The precision comes first, then the height and the width. */
	private void learnSize(byte[] frame) {
		if (frame.length <= 2 * LENGTH_BYTES) {
			throw PictureBytes.damaged();
		}
		PictureSize stated = this.bytes.size(PictureBytes.bigEndian(frame, 1 + LENGTH_BYTES, LENGTH_BYTES),
				PictureBytes.bigEndian(frame, 1, LENGTH_BYTES));
		this.size = (this.size != null) ? this.size.or(stated) : stated;
	}

	/** Whether a segment says how the picture looks. */
	private static boolean isKept(int marker, byte[] content) {
		return switch (marker) {
			case APP0 -> begins(content, "JFIF\0");
			case APP2 -> begins(content, "ICC_PROFILE\0");
			case APP14 -> begins(content, "Adobe");
			default -> marker != COMMENT && (marker < APP0 || marker > APP15);
		};
	}

	private static boolean begins(byte[] content, String with) {
		int length = with.length();
		return content.length >= length && new String(content, 0, length, StandardCharsets.ISO_8859_1).equals(with);
	}

	private void writeOrientation(int orientation) throws IOException {
		if (orientation != Exif.UPRIGHT) {
			byte[] content = Exif.withOrientation(orientation);
			writeMarker(APP1);
			this.bytes.write(0);
			this.bytes.write(content.length + LENGTH_BYTES);
			this.bytes.write(content);
		}
	}

	/**
	 * Copies the coded data of a scan.
	 * @return the marker that ends it
	 */
	private int copyScan() throws IOException {
		int marker = 0;
		while (isData(marker)) {
			int value = this.bytes.read();
			if (value != MARK) {
				this.bytes.write(value);
				continue;
			}
			marker = afterFill();
			if (isData(marker)) {
				writeMarker(marker);
			}
		}
		return marker;
	}

	/** Whether a marker is part of the coded data: a stuffed byte, or a restart. */
	private static boolean isData(int marker) {
		return marker == 0 || (marker >= 0xD0 && marker <= 0xD7);
	}

}
