package dev.runnel.conversation.web;

import java.util.UUID;

import jakarta.validation.Valid;

import dev.runnel.conversation.ConversationChange;
import dev.runnel.conversation.MessageId;
import dev.runnel.conversation.SettingsBody;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request to change a conversation. An absent or null field leaves its
 * value unchanged.
 *
 * @param title the new title
 * @param pinned whether the conversation is pinned
 * @param currentMessageId a message of the branch to show
 * @param settings the new settings, which replace the old ones as a whole
 */
record ChangeRequest(@Nullable String title, @Nullable Boolean pinned, @Nullable UUID currentMessageId,
		@Nullable @Valid SettingsBody settings) {

	ConversationChange toChange() {
		return new ConversationChange(this.title, this.pinned,
				(this.currentMessageId != null) ? new MessageId(this.currentMessageId) : null,
				(this.settings != null) ? this.settings.toSettings() : null);
	}

}
