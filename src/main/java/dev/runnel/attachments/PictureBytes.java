package dev.runnel.attachments;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

import dev.runnel.web.ProblemException;
import dev.runnel.web.Reason;

/**
 * Reads a picture from its beginning to its end, and writes the copy.
 */
final class PictureBytes {

	private static final int BUFFER_BYTES = 16 * 1024;

	private final InputStream in;

	private final OutputStream out;

	private final long maxPixels;

	private final byte[] buffer = new byte[BUFFER_BYTES];

	PictureBytes(InputStream in, OutputStream out, long maxPixels) {
		this.in = in;
		this.out = out;
		this.maxPixels = maxPixels;
	}

	/** Reads one byte. */
	int read() throws IOException {
		int value = this.in.read();
		if (value < 0) {
			throw damaged();
		}
		return value;
	}

	/** Reads some bytes. */
	byte[] read(int count) throws IOException {
		byte[] bytes = this.in.readNBytes(count);
		if (bytes.length < count) {
			throw damaged();
		}
		return bytes;
	}

	/** Writes bytes to the copy. */
	void write(byte... bytes) throws IOException {
		this.out.write(bytes);
	}

	/** Writes one byte to the copy. */
	void write(int value) throws IOException {
		this.out.write(value);
	}

	/** Copies some bytes. */
	void copy(long count) throws IOException {
		for (long left = count; left > 0;) {
			int some = (int) Math.min(left, BUFFER_BYTES);
			int read = this.in.readNBytes(this.buffer, 0, some);
			if (read < some) {
				throw damaged();
			}
			this.out.write(this.buffer, 0, read);
			left -= read;
		}
	}

	/** Writes some zeros to the copy. */
	void zeros(long count) throws IOException {
		byte[] zeros = new byte[BUFFER_BYTES];
		for (long left = count; left > 0; left -= BUFFER_BYTES) {
			this.out.write(zeros, 0, (int) Math.min(left, BUFFER_BYTES));
		}
	}

	/** Leaves some bytes out. */
	void skip(long count) throws IOException {
		try {
			this.in.skipNBytes(count);
		}
		catch (EOFException ex) {
			throw damaged();
		}
	}

	/**
	 * Checks a size that a header states, before anything else of the picture is read.
	 * @param width the width
	 * @param height the height
	 * @return the size
	 */
	PictureSize size(int width, int height) {
		PictureSize size = new PictureSize(width, height);
		if (width <= 0 || height <= 0) {
			throw damaged();
		}
		if (size.pixels() > this.maxPixels) {
			throw ProblemException.of(Reason.PICTURE_TOO_LARGE, width, height, this.maxPixels);
		}
		return size;
	}

	/**
	 * The problem of a picture that does not follow its format.
	 * @return a bad request
	 */
	static ProblemException damaged() {
		return ProblemException.of(Reason.PICTURE_DAMAGED);
	}

	/** Reads a number with its highest byte first. */
	static int bigEndian(byte[] bytes, int at, int count) {
		int value = 0;
		for (int i = 0; i < count; i++) {
			value = (value << Byte.SIZE) | (bytes[at + i] & 0xFF);
		}
		return value;
	}

	/** Reads a number with its lowest byte first. */
	static int littleEndian(byte[] bytes, int at, int count) {
		int value = 0;
		for (int i = count - 1; i >= 0; i--) {
			value = (value << Byte.SIZE) | (bytes[at + i] & 0xFF);
		}
		return value;
	}

}
