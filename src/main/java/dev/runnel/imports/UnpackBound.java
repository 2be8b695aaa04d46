package dev.runnel.imports;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Counts what comes out of a zip, all of its files together, and lets no more out than
 * there may be: a zip can hold a thousand times its size.
 */
final class UnpackBound {

	/** Text that people and models wrote gets nowhere near. */
	private static final long MAX_RATIO = 200;

	/** A small zip may hold this much whatever its ratio. */
	private static final long FREE_BYTES = 16L * 1024 * 1024;

	private final long max;

	private long bytes;

	/**
	 * Begins to count.
	 * @param settings the bounds
	 * @param packed the size of the zip, in bytes
	 */
	UnpackBound(ImportSettings settings, long packed) {
		this.max = Math.min(settings.maxUnpackedSize().toBytes(), Math.max(FREE_BYTES, packed * MAX_RATIO));
	}

	/**
	 * Looks at what a zip says of itself, which may be wrong.
	 * @param declared the size of all that is to be unpacked, in bytes
	 * @throws RefusedException if that is too much
	 */
	void checkDeclared(long declared) {
		if (declared > this.max) {
			throw RefusedException.tooLarge(reason());
		}
	}

	/**
	 * Counts a file.
	 * @param in what is unpacked of it
	 * @return the same, which fails with a {@link TooLargeException} at the bound
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

	/** A bound was reached. */
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
