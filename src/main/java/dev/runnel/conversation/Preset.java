package dev.runnel.conversation;

/**
 * Settings under a name, to begin conversations with.
 *
 * @param id its id
 * @param name what its owner calls it
 * @param settings the settings
 */
public record Preset(PresetId id, String name, ConversationSettings settings) {
}
