package dev.runnel.imports;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * Reads the size of the directory of a zip from the records at its end.
 * {@link java.util.zip.ZipFile} reads the whole directory into memory, so its size is
 * checked before. Several records may look like the end of the zip; the largest size
 * counts, whichever of them ZipFile chooses.
 */
final class ZipDirectory {

	/** The most entries. ChatGPT's zip also contains pictures and sounds. */
	private static final int MAX_ENTRIES = 50_000;

	/** The largest directory, in bytes. An entry usually takes about a hundred. */
	private static final long MAX_BYTES = 8L * 1024 * 1024;

	private static final int END = 0x06054b50;

	private static final int END_BYTES = 22;

	private static final int MAX_COMMENT_BYTES = 0xFFFF;

	private static final int LARGE_LOCATOR = 0x07064b50;

	private static final int LARGE_LOCATOR_BYTES = 20;

	private static final int LARGE_END = 0x06064b50;

	private static final int LARGE_END_BYTES = 56;

	private static final int LARGE_ENTRIES = 0xFFFF;

	private static final long LARGE_SIZE = 0xFFFF_FFFFL;

	private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

	private final FileChannel file;

	private ZipDirectory(FileChannel file) {
		this.file = file;
	}

	/**
	 * Reads the size of the directory.
	 * @param path the path of the zip
	 * @return the size in bytes; 0 if the file has no directory
	 * @throws RefusedException if the directory is too large
	 * @throws IOException if the disk cannot be read
	 */
	static long size(Path path) throws IOException {
		try (FileChannel file = FileChannel.open(path)) {
			return new ZipDirectory(file).size();
		}
	}

	private long size() throws IOException {
		long start = Math.max(0, this.file.size() - END_BYTES - MAX_COMMENT_BYTES);
		ByteBuffer tail = read(start, (int) (this.file.size() - start));
		long size = 0;
		for (int at = tail.limit() - END_BYTES; at >= 0; at--) {
			if (tail.getInt(at) == END) {
				size = Math.max(size, size(tail, at, large(start + at - LARGE_LOCATOR_BYTES)));
			}
		}
		return size;
	}

	private static long size(ByteBuffer tail, int at, ByteBuffer large) {
		checkEntries(orLarge(Short.toUnsignedLong(tail.getShort(at + 10)), LARGE_ENTRIES, large, 32));
		long bytes = orLarge(Integer.toUnsignedLong(tail.getInt(at + 12)), LARGE_SIZE, large, 40);
		if (bytes < 0 || bytes > MAX_BYTES) {
			throw RefusedException.tooLarge("has a directory of more than " + MAX_BYTES + " bytes");
		}
		return bytes;
	}

	/** Returns a number; the number of the large record if the mark stands for it. */
	private static long orLarge(long number, long mark, ByteBuffer large, int at) {
		return (number == mark && large.hasRemaining()) ? large.getLong(at) : number;
	}

	/**
	 * Checks the number of entries.
	 * @param entries the number; a negative one is too large
	 * @throws RefusedException if the number is too large
	 */
	static void checkEntries(long entries) {
		if (entries < 0 || entries > MAX_ENTRIES) {
			throw RefusedException.tooLarge("holds more than " + MAX_ENTRIES + " files");
		}
	}

	/**
	 * Reads the end record of a large zip (Zip64), which a locator names; empty if none.
	 */
	private ByteBuffer large(long locator) throws IOException {
		ByteBuffer found = read(locator, LARGE_LOCATOR_BYTES);
		if (!isRecord(found, LARGE_LOCATOR)) {
			return NOTHING;
		}
		ByteBuffer end = read(found.getLong(8), LARGE_END_BYTES);
		return isRecord(end, LARGE_END) ? end : NOTHING;
	}

	private static boolean isRecord(ByteBuffer bytes, int signature) {
		return bytes.hasRemaining() && bytes.getInt(0) == signature;
	}

	/** Reads bytes; empty if the file does not have all of them. */
	private ByteBuffer read(long at, int length) throws IOException {
		if (at < 0) {
			return NOTHING;
		}
		byte[] bytes = Channels.newInputStream(this.file.position(at)).readNBytes(length);
		return (bytes.length == length) ? ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN) : NOTHING;
	}

}
