package dev.runnel.web;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * An application event: a session or a key has ended, or a visitor is locked out.
 * Requests that are still being answered for it end.
 *
 * @param visitor the owner of the access
 * @param access the id of the session or of the key that ended; null if the visitor may
 * do nothing any more
 * @param renewed whether the session goes on in its browser with another token, because
 * the person has signed in once more
 * @param elsewhere whether it ended on another server, which tells all servers
 */
public record AccessEnded(Visitor visitor, @Nullable UUID access, boolean renewed, boolean elsewhere) {

	/**
	 * Creates the event of an access that ended on this server.
	 * @param visitor the owner of the access
	 * @param access the id of the session or of the key; null if the visitor may do
	 * nothing any more
	 */
	public AccessEnded(Visitor visitor, @Nullable UUID access) {
		this(visitor, access, false, false);
	}

	/**
	 * Creates the event of a session that got another token on this server.
	 * @param visitor the owner of the session
	 * @param access the id of the session
	 * @return the event
	 */
	public static AccessEnded renewed(Visitor visitor, UUID access) {
		return new AccessEnded(visitor, access, true, false);
	}

	/**
	 * Returns whether an access is among those that ended.
	 * @param owner the owner of the access
	 * @param id the id of the session or of the key; null if nobody has signed in
	 * @return true if so
	 */
	public boolean isOf(Visitor owner, @Nullable UUID id) {
		return this.visitor.equals(owner) && (this.access == null || this.access.equals(id));
	}

}
