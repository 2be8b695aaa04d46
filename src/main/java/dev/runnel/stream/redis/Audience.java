package dev.runnel.stream.redis;

/**
 * Whether other servers listen to a log, as far as its writer knows, and whether they
 * were told of what Redis has. The replies of Redis come on several connections, so they
 * may come in another order than Redis has sent them.
 */
final class Audience {

	/** How often a server has begun to listen, or may have. */
	private long arrivals;

	/** Whether no server listened when they were last told of new entries. */
	private boolean nobody;

	/** Whether Redis has entries that nobody was told of. */
	private boolean untold;

	/**
	 * Whether a server may listen.
	 * @return false if there is nobody to tell
	 */
	synchronized boolean mayListen() {
		return !this.nobody;
	}

	/**
	 * How often a server has begun to listen. Ask before telling, for {@link #told}.
	 */
	synchronized long arrivals() {
		return this.arrivals;
	}

	/**
	 * A server has begun to listen, or may have. The caller tells of all that Redis has.
	 * @return how often this has happened, for {@link #told}
	 */
	synchronized long arrived() {
		this.nobody = false;
		this.untold = false;
		return ++this.arrivals;
	}

	/**
	 * Notes how many servers were told.
	 * @param arrivals the arrivals before they were told
	 * @param servers the number of servers that listened then
	 * @return false if none listened then, but one may have begun since
	 */
	synchronized boolean told(long arrivals, long servers) {
		if (servers == 0 && arrivals != this.arrivals) {
			return false;
		}
		this.nobody = servers == 0;
		return true;
	}

	/**
	 * Notes that Redis has entries that nobody was told of.
	 * @return true if a server may listen by now, so that it has to be told: it may have
	 * read Redis before the entries were there
	 */
	synchronized boolean keptQuiet() {
		this.untold = true;
		return !this.nobody;
	}

	/** Whether Redis has entries that nobody was told of. */
	synchronized boolean isUntold() {
		return this.untold;
	}

}
