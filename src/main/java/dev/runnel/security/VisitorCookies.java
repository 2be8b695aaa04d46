package dev.runnel.security;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import dev.runnel.web.FormToken;
import dev.runnel.web.Visitor;

/**
 * Issues and verifies the values of visitor cookies. A value is a random id of 128 bits
 * and its HMAC-SHA-256 (RFC 2104) under the secret of the server.
 */
final class VisitorCookies {

	private static final String HMAC = "HmacSHA256";

	private static final int ID_BYTES = 16;

	private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

	/**
	 * The length of a server's part in the cookie name, enough to distinguish the servers
	 * on one host.
	 */
	private static final int NAME_BYTES = 5;

	private final SecureRandom random = new SecureRandom();

	/**
	 * A MAC with the secret. It is only copied and never used itself, because a copy is
	 * cheaper than a new one.
	 */
	private final Mac secret;

	private final String name;

	VisitorCookies(byte[] secret) {
		this.secret = prepared(secret);
		this.name = "runnel-" + HexFormat.of().formatHex(mac("cookie name"), 0, NAME_BYTES);
	}

	/**
	 * Returns the name of the cookie. Cookies ignore ports, so servers on one host with
	 * different secrets need different names.
	 * @return a name derived from the secret
	 */
	String name() {
		return this.name;
	}

	/**
	 * Creates a new visitor.
	 * @return a visitor with a random id
	 */
	Visitor create() {
		byte[] id = new byte[ID_BYTES];
		this.random.nextBytes(id);
		return new Visitor(ENCODER.encodeToString(id));
	}

	/**
	 * Returns the cookie value of a visitor.
	 * @param visitor the visitor
	 * @return a value that only this server can create
	 */
	String value(Visitor visitor) {
		return visitor.id() + "." + ENCODER.encodeToString(mac(visitor.id()));
	}

	/**
	 * Returns the token for the forms of a visitor. The token cannot be computed from the
	 * cookie, nor the cookie from the token.
	 * @param visitor the visitor
	 * @return the token
	 */
	FormToken formToken(Visitor visitor) {
		return new FormToken(ENCODER.encodeToString(mac("form " + visitor.id())));
	}

	/**
	 * Returns the visitor of a cookie.
	 * @param value the value that the browser sent
	 * @return the visitor; empty if this server did not issue the value
	 */
	Optional<Visitor> visitor(String value) {
		int dot = value.indexOf('.');
		if (dot < 0) {
			return Optional.empty();
		}
		Visitor claimed = new Visitor(value.substring(0, dot));
		byte[] expected = value(claimed).getBytes(StandardCharsets.UTF_8);
		return MessageDigest.isEqual(expected, value.getBytes(StandardCharsets.UTF_8)) ? Optional.of(claimed)
				: Optional.empty();
	}

	private static Mac prepared(byte[] secret) {
		try {
			Mac mac = Mac.getInstance(HMAC);
			mac.init(new SecretKeySpec(secret, HMAC));
			return mac;
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("every Java platform has " + HMAC, ex);
		}
	}

	private byte[] mac(String text) {
		try {
			Mac mac = (Mac) this.secret.clone();
			return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
		}
		catch (CloneNotSupportedException ex) {
			throw new IllegalStateException("the platform's " + HMAC + " can be copied", ex);
		}
	}

}
