package dev.runnel.conversation;

/**
 * Named settings for new conversations.
 *
 * @param id the id
 * @param name the name that the owner chose
 * @param settings the settings
 */
public record Preset(PresetId id, String name, ConversationSettings settings) {
}
