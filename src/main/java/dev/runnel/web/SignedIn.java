package dev.runnel.web;

import java.util.UUID;

import org.springframework.web.server.ServerWebExchange;

/**
 * The person behind a request, if people sign in. The features need only the
 * {@link Visitor}; the pages about accounts need more.
 *
 * @param visitor the owner of all that belongs to the account
 * @param account the id of the account
 * @param name the name of the account
 * @param admin whether the account may manage accounts
 * @param access the id of the session, or of the key that a program sent
 * @param recent whether the person has just proved who they are
 */
public record SignedIn(Visitor visitor, UUID account, String name, boolean admin, UUID access, boolean recent) {

	/** The exchange attribute that contains the person. */
	public static final String ATTRIBUTE = SignedIn.class.getName();

	/**
	 * The exchange attribute of the visitor whom the cookie of the browser names.
	 */
	public static final String BROWSER = SignedIn.class.getName() + ".browser";

	/**
	 * Returns the person behind a request.
	 * @param exchange the request
	 * @return the person
	 * @throws ProblemException {@code unauthenticated}, if nobody has signed in
	 */
	public static SignedIn of(ServerWebExchange exchange) {
		SignedIn person = exchange.getAttribute(ATTRIBUTE);
		if (person == null) {
			throw ProblemException.of(ErrorCode.UNAUTHENTICATED, "Sign in first.");
		}
		return person;
	}

	/**
	 * Returns whether this request uses an access that has ended.
	 * @param ended the access
	 * @return true if so
	 */
	public boolean isOf(AccessEnded ended) {
		return ended.isOf(this.visitor, this.access);
	}

}
