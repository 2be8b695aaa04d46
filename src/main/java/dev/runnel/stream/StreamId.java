package dev.runnel.stream;

import java.util.UUID;

/**
 * Names a stream.
 *
 * @param value a random UUID, so that it cannot be guessed
 */
public record StreamId(UUID value) {

	/**
	 * Makes a new id.
	 * @return a random id
	 */
	public static StreamId random() {
		return new StreamId(UUID.randomUUID());
	}

	@Override
	public String toString() {
		return this.value.toString();
	}

}
