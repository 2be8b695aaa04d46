package dev.runnel.upstream;

import java.util.Arrays;
import java.util.Base64;

/**
 * Encodes pieces of any size as one Base64 text. Only one thread at a time may use it.
 */
final class Base64Pieces {

	private static final int GROUP = 3;

	private static final int ENCODED_GROUP = 4;

	/** The bytes that fill no group yet. */
	private byte[] rest = {};

	/**
	 * Returns the length of the text for a number of bytes.
	 * @param bytes the number of bytes
	 * @return the number of characters
	 */
	static long length(long bytes) {
		return (bytes + GROUP - 1) / GROUP * ENCODED_GROUP;
	}

	/**
	 * Encodes the next bytes.
	 * @param piece the bytes
	 * @return the next part of the text; may be empty
	 */
	byte[] next(byte[] piece) {
		byte[] all = Arrays.copyOf(this.rest, this.rest.length + piece.length);
		System.arraycopy(piece, 0, all, this.rest.length, piece.length);
		int whole = all.length - all.length % GROUP;
		this.rest = Arrays.copyOfRange(all, whole, all.length);
		return Base64.getEncoder().encode(Arrays.copyOf(all, whole));
	}

	/**
	 * Encodes the last bytes.
	 * @return the end of the text; may be empty
	 */
	byte[] end() {
		return Base64.getEncoder().encode(this.rest);
	}

}
