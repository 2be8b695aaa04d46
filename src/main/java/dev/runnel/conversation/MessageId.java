package dev.runnel.conversation;

import java.util.UUID;

/**
 * The id of a message.
 *
 * @param value a UUID of version 7, so that ids sort by time (RFC 9562, section 5.7)
 */
public record MessageId(UUID value) {

	@Override
	public String toString() {
		return this.value.toString();
	}

}
