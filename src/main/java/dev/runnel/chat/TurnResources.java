package dev.runnel.chat;

import dev.runnel.limits.Allowance;
import dev.runnel.stream.StreamStore.StreamPlace;

/**
 * The resources that a turn takes while it is written.
 *
 * @param place its place among the running streams
 * @param allowance its tokens
 */
record TurnResources(StreamPlace<ChatEvent> place, Allowance allowance) {

	/** Releases both. Call it once. */
	void leave() {
		try {
			this.place.leave();
		}
		finally {
			this.allowance.close();
		}
	}

}
