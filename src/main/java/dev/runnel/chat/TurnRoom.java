package dev.runnel.chat;

import dev.runnel.limits.Allowance;
import dev.runnel.stream.StreamPlace;

/**
 * What a turn takes of the server while it is written.
 *
 * @param place where it is written
 * @param allowance the tokens that it may take
 */
record TurnRoom(StreamPlace<ChatEvent> place, Allowance allowance) {

	/** Gives all of it back. To be called once. */
	void leave() {
		try {
			this.place.leave();
		}
		finally {
			this.allowance.close();
		}
	}

}
