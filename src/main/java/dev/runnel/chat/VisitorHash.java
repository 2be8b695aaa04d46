package dev.runnel.chat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import dev.runnel.web.Visitor;

/**
 * Creates the hash that stands for a visitor upstream. It is stable and cannot be traced
 * back.
 */
final class VisitorHash {

	private static final int BYTES = 16;

	private VisitorHash() {
	}

	static String of(Visitor visitor) {
		try {
			byte[] hash = MessageDigest.getInstance("SHA-256").digest(visitor.id().getBytes(StandardCharsets.UTF_8));
			return HexFormat.of().formatHex(hash, 0, BYTES);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every Java platform has SHA-256", ex);
		}
	}

}
