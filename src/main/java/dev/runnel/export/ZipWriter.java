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
 * Writes a zip in pieces, of which none holds more than what was just written and what
 * the compression was waiting with. The same conversations give the same bytes. Used by
 * one thread at a time.
 */
final class ZipWriter {

	private static final byte[] NOTHING = {};

	/** A piece that is smaller waits for more. */
	private static final int PIECE_BYTES = 16 * 1024;

	/** What the time stamps of a zip can say. */
	private static final LocalDateTime FIRST = LocalDateTime.of(1980, 1, 1, 0, 0);

	private static final LocalDateTime LAST = LocalDateTime.of(2107, 12, 31, 23, 59);

	private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

	private final ZipOutputStream zip = new ZipOutputStream(this.bytes, StandardCharsets.UTF_8);

	/**
	 * Begins a file.
	 * @param name its name, not used before
	 * @param changed when it was last changed
	 * @return what there is to send
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
	 * Goes on with the file.
	 * @param content the next piece of it
	 * @return what there is to send
	 */
	byte[] write(byte[] content) {
		return after(() -> this.zip.write(content));
	}

	/**
	 * Ends the file.
	 * @return what there is to send
	 */
	byte[] endEntry() {
		return after(this.zip::closeEntry);
	}

	/**
	 * Ends the zip.
	 * @return the rest of it
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
	 * Something that is done to the zip.
	 */
	private interface Step {

		void take() throws IOException;

	}

}
