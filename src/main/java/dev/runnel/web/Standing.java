package dev.runnel.web;

import org.jspecify.annotations.Nullable;

/**
 * What the sender of a request is on this server.
 */
public enum Standing {

	/** Nobody signs in here. */
	VISITOR,

	/** Somebody who has signed in. */
	USER,

	/** Somebody who has signed in and manages the accounts. */
	ADMIN;

	/**
	 * Returns the standing of a person.
	 * @param person the person; null if nobody has signed in
	 * @return the standing
	 */
	public static Standing of(@Nullable SignedIn person) {
		if (person == null) {
			return VISITOR;
		}
		return person.admin() ? ADMIN : USER;
	}

}
