package dev.runnel.accounts;

import java.security.SecureRandom;
import java.util.Base64;

import dev.runnel.web.Sha256;

/**
 * A random secret of 256 bits that a session, a key or a link is known by. Only its hash
 * is stored. A plain hash is enough, because nobody can try 2^256 secrets.
 *
 * @param value the secret; shown to its owner once
 */
public record Token(String value) {

	private static final int BYTES = 32;

	private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

	private static final SecureRandom random = new SecureRandom();

	/**
	 * Creates a token.
	 * @return a token that nobody knows
	 */
	static Token create() {
		byte[] secret = new byte[BYTES];
		random.nextBytes(secret);
		return new Token(ENCODER.encodeToString(secret));
	}

	/**
	 * Returns the stored form.
	 * @return 43 characters
	 */
	String hash() {
		return ENCODER.encodeToString(Sha256.of(this.value));
	}

	/** Leaves the secret out, so that no log has it. */
	@Override
	public String toString() {
		return "Token";
	}

}
