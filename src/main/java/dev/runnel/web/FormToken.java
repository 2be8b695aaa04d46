package dev.runnel.web;

/**
 * The token that a form of the page sends back. It proves that this server gave the form
 * to this visitor. The security package stores it in the exchange under
 * {@link #ATTRIBUTE}.
 *
 * @param value an opaque text, useless with the cookie of another visitor
 */
public record FormToken(String value) {

	/** The exchange attribute that contains the token of the visitor. */
	public static final String ATTRIBUTE = FormToken.class.getName();

	/** The name of the form field. */
	public static final String FIELD = "token";

}
