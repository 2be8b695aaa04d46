package dev.runnel.conversation;

import java.util.UUID;

/**
 * The id of a preset.
 *
 * @param value a UUID of version 7
 */
public record PresetId(UUID value) {

	@Override
	public String toString() {
		return this.value.toString();
	}

}
