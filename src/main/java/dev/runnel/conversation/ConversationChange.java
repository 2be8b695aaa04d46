package dev.runnel.conversation;

import org.jspecify.annotations.Nullable;

/**
 * What to change of a conversation. A null leaves things as they are.
 *
 * @param title the new title, given by hand
 * @param pinned whether it is pinned
 * @param current the message whose branch is shown; where others follow it, the newest of
 * those below it becomes the end of the branch
 * @param settings how its questions are asked, as a whole
 */
public record ConversationChange(@Nullable String title, @Nullable Boolean pinned, @Nullable MessageId current,
		@Nullable ConversationSettings settings) {
}
