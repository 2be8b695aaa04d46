package dev.runnel.accounts;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;

import javax.crypto.spec.SecretKeySpec;

import dev.runnel.web.Sha256;

import org.springframework.security.crypto.encrypt.AesGcmBytesEncryptor;
import org.springframework.security.crypto.encrypt.BytesEncryptor;

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

	/**
	 * Encrypts a text, so that nobody reads it without the token.
	 * @param text the text
	 * @return the encrypted text, a third longer and up to 43 characters more
	 */
	String seal(String text) {
		return ENCODER.encodeToString(cipher().encrypt(text.getBytes(StandardCharsets.UTF_8)));
	}

	/**
	 * Decrypts a text.
	 * @param sealed a text that this token has encrypted
	 * @return the text
	 */
	String open(String sealed) {
		return new String(cipher().decrypt(Base64.getUrlDecoder().decode(sealed)), StandardCharsets.UTF_8);
	}

	/** The key is another hash than the stored one, which so says nothing about it. */
	private BytesEncryptor cipher() {
		return AesGcmBytesEncryptor.withSecretKey(new SecretKeySpec(Sha256.of("seal " + this.value), "AES")).build();
	}

	/** Leaves the secret out, so that no log has it. */
	@Override
	public String toString() {
		return "Token";
	}

}
