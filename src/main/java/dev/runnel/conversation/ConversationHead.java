package dev.runnel.conversation;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A conversation without its messages.
 *
 * @param id the id
 * @param title the title: one line, never blank
 * @param titledByHand whether a person chose the title
 * @param pinned whether the conversation is pinned: listed on top, and never deleted
 * because of its age
 * @param createdAt when the conversation was created
 * @param updatedAt when the last question was asked
 * @param current the newest message of the branch that is shown; null if there is no
 * message
 * @param settings the settings for its questions
 * @param origin where the conversation was imported from; null if it was not
 */
public record ConversationHead(ConversationId id, String title, boolean titledByHand, boolean pinned, Instant createdAt,
		Instant updatedAt, @Nullable MessageId current, ConversationSettings settings, @Nullable String origin) {

	/** The program in the origin of a conversation that was created by Runnel. */
	private static final String OWN = "runnel:";

	/** Creates a conversation that was not imported. */
	public ConversationHead(ConversationId id, String title, boolean titledByHand, boolean pinned, Instant createdAt,
			Instant updatedAt, @Nullable MessageId current, ConversationSettings settings) {
		this(id, title, titledByHand, pinned, createdAt, updatedAt, current, settings, null);
	}

	/**
	 * Returns the origin that an export of the conversation names. It stays the same in
	 * all exports, on whatever server, so that no import of one makes a double.
	 * @return where the conversation was imported from, or its own id
	 */
	public String exportedOrigin() {
		return (this.origin != null) ? this.origin : OWN + this.id;
	}

	/**
	 * Returns the id in an origin, if the conversation may have been created here.
	 * @param origin the origin
	 * @return the id; null for any other origin
	 */
	public static @Nullable ConversationId ownId(String origin) {
		try {
			return origin.startsWith(OWN) ? new ConversationId(UUID.fromString(origin.substring(OWN.length()))) : null;
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

}
