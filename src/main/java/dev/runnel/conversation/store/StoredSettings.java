package dev.runnel.conversation.store;

import dev.runnel.conversation.ConversationSettings;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Converts settings to their stored form: JSON, or null if there are none.
 */
final class StoredSettings {

	private static final JsonMapper JSON = JsonMapper.shared();

	private StoredSettings() {
	}

	static @Nullable String write(ConversationSettings settings) {
		return settings.equals(ConversationSettings.NONE) ? null
				: ConversationText.storable(JSON.writeValueAsString(settings));
	}

	static ConversationSettings read(@Nullable String json) {
		return (json != null) ? JSON.readValue(json, ConversationSettings.class) : ConversationSettings.NONE;
	}

}
