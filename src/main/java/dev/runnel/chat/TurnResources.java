package dev.runnel.chat;

import dev.runnel.budget.Spending;
import dev.runnel.limits.Allowance;
import dev.runnel.stream.StreamStore.StreamPlace;

/**
 * The resources that a turn takes while it is written.
 *
 * @param place its place among the running streams
 * @param allowance its tokens
 * @param spending its money
 */
record TurnResources(StreamPlace<ChatEvent> place, Allowance allowance, Spending spending) {

	/** Releases place and tokens. Call it once. */
	void leave() {
		try {
			this.place.leave();
		}
		finally {
			this.allowance.close();
		}
	}

}
