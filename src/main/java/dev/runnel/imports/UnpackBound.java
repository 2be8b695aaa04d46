package dev.runnel.imports;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Limits the total size of the files unpacked from a zip. A zip can unpack to a thousand
 * times its own size.
 */
final class UnpackBound {

	/** The largest compression ratio. Real text stays far below it. */
	private static final long MAX_RATIO = 200;

	/** The size in bytes that any zip may unpack to, whatever its ratio. */
	private static final long FREE_BYTES = 16L * 1024 * 1024;

	private final long max;

	private long bytes;

	/**
	 * Creates the limit for one zip.
	 * @param settings the limits of an import
	 * @param packed the size of the zip, in bytes
	 */
	UnpackBound(ImportSettings settings, long packed) {
		this.max = Math.min(settings.maxUnpackedSize().toBytes(), Math.max(FREE_BYTES, packed * MAX_RATIO));
	}

	/**
	 * Checks the size declared in the zip, which may be wrong.
	 * @param declared the declared size of all files to unpack, in bytes
	 * @throws RefusedException if the size exceeds the limit
	 */
	void checkDeclared(long declared) {
		if (declared > this.max) {
			throw RefusedException.tooLarge(reason());
		}
	}

	/**
	 * Counts the bytes of a file.
	 * @param in the unpacked file
	 * @return the same bytes; reading fails with a {@link TooLargeException} beyond the
	 * limit
	 */
	InputStream of(InputStream in) {
		return new Counted(in);
	}

	private String reason() {
		return "unpacks to more than " + this.max + " bytes";
	}

	private void count(long more) throws TooLargeException {
		this.bytes += Math.max(0, more);
		if (this.bytes > this.max) {
			throw new TooLargeException(reason());
		}
	}

	/** The limit is exceeded. */
	static final class TooLargeException extends IOException {

		private static final long serialVersionUID = 1L;

		TooLargeException(String reason) {
			super(reason);
		}

	}

	private final class Counted extends FilterInputStream {

		Counted(InputStream in) {
			super(in);
		}

		@Override
		public int read() throws IOException {
			int read = super.read();
			count((read >= 0) ? 1 : 0);
			return read;
		}

		@Override
		public int read(byte[] buffer, int offset, int length) throws IOException {
			int read = super.read(buffer, offset, length);
			count(read);
			return read;
		}

	}

}
