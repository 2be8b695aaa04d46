package dev.runnel.stream;

import java.util.UUID;

/**
 * Identifies a stream.
 *
 * @param value a random UUID, so that nobody can guess it
 */
public record StreamId(UUID value) {

	/**
	 * Creates a random id.
	 * @return a new id
	 */
	public static StreamId random() {
		return new StreamId(UUID.randomUUID());
	}

	@Override
	public String toString() {
		return this.value.toString();
	}

}
