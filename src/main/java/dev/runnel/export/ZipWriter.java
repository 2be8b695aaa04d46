package dev.runnel.export;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a zip in pieces. It holds only the data written last and the data still in the
 * compressor. The same conversations give the same bytes. Only one thread at a time may
 * use it.
 */
final class ZipWriter {

	private static final byte[] NOTHING = {};

	/** Smaller pieces are held back until more data arrives. */
	private static final int PIECE_BYTES = 16 * 1024;

	/** The first and the last time that a zip can store. */
	private static final LocalDateTime FIRST = LocalDateTime.of(1980, 1, 1, 0, 0);

	private static final LocalDateTime LAST = LocalDateTime.of(2107, 12, 31, 23, 59);

	private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

	private final ZipOutputStream zip = new ZipOutputStream(this.bytes, StandardCharsets.UTF_8);

	/**
	 * Starts a file in the zip.
	 * @param name the name of the file, not used before
	 * @param changed the modification time
	 * @return bytes to send, may be empty
	 */
	byte[] startEntry(String name, Instant changed) {
		ZipEntry entry = new ZipEntry(name);
		entry.setTimeLocal(within(LocalDateTime.ofInstant(changed, ZoneOffset.UTC)));
		return after(() -> this.zip.putNextEntry(entry));
	}

	private static LocalDateTime within(LocalDateTime time) {
		return time.isBefore(FIRST) ? FIRST : time.isAfter(LAST) ? LAST : time;
	}

	/**
	 * Adds data to the current file.
	 * @param content the next piece of the file
	 * @return bytes to send, may be empty
	 */
	byte[] write(byte[] content) {
		return after(() -> this.zip.write(content));
	}

	/**
	 * Ends the current file.
	 * @return bytes to send, may be empty
	 */
	byte[] endEntry() {
		return after(this.zip::closeEntry);
	}

	/**
	 * Ends the zip.
	 * @return the last bytes to send
	 */
	byte[] end() throws IOException {
		this.zip.close();
		return this.bytes.toByteArray();
	}

	private byte[] after(Step step) {
		try {
			step.take();
		}
		catch (IOException ex) {
			throw new IllegalStateException("memory cannot be written to", ex);
		}
		return take();
	}

	private byte[] take() {
		if (this.bytes.size() < PIECE_BYTES) {
			return NOTHING;
		}
		byte[] piece = this.bytes.toByteArray();
		this.bytes.reset();
		return piece;
	}

	/**
	 * One operation on the zip.
	 */
	private interface Step {

		void take() throws IOException;

	}

}
