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
 * @param elsewhere whether it ended on another server, which tells all servers
 */
public record AccessEnded(Visitor visitor, @Nullable UUID access, boolean elsewhere) {

	/**
	 * Creates the event of an access that ended on this server.
	 * @param visitor the owner of the access
	 * @param access the id of the session or of the key; null if the visitor may do
	 * nothing any more
	 */
	public AccessEnded(Visitor visitor, @Nullable UUID access) {
		this(visitor, access, false);
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
