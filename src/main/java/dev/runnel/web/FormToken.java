package dev.runnel.web;

/**
 * What a form of the page has to send back to prove that it is this server's own form,
 * given to this visitor. Found under {@link #ATTRIBUTE} of the exchange, where security
 * puts it.
 *
 * @param value opaque; of no use with another visitor's cookie
 */
public record FormToken(String value) {

	/** The exchange attribute under which the visitor's token is found. */
	public static final String ATTRIBUTE = FormToken.class.getName();

	/** The name of the form's field. */
	public static final String FIELD = "token";

}
