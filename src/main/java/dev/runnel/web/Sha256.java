package dev.runnel.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The hash SHA-256, which every Java platform has.
 */
public final class Sha256 {

	private Sha256() {
	}

	/**
	 * Creates a digest.
	 * @return a new digest, for one thread at a time
	 */
	public static MessageDigest create() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every Java platform has SHA-256", ex);
		}
	}

	/**
	 * Hashes a text.
	 * @param text any text
	 * @return the 32 bytes of the hash of its UTF-8 form
	 */
	public static byte[] of(String text) {
		return create().digest(text.getBytes(StandardCharsets.UTF_8));
	}

}
