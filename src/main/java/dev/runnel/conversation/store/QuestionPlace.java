package dev.runnel.conversation.store;

import java.util.List;
import java.util.Objects;

import dev.runnel.conversation.ConversationId;
import dev.runnel.conversation.ConversationSettings;
import dev.runnel.conversation.MessageId;
import dev.runnel.conversation.Question;
import dev.runnel.conversation.TimeUuid;
import dev.runnel.upstream.Role;
import dev.runnel.web.Visitor;
import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;

/**
 * The place of a question in its conversation.
 *
 * @param visitor the owner
 * @param conversation the id of the conversation
 * @param settings the settings of the conversation
 * @param position the position of the next message
 * @param bytes the size of the conversation, without running answers
 * @param end the message that the question follows; null for none
 * @param depth the number of messages before the question on its branch
 * @param again the question that is stored at this place; null for none
 */
record QuestionPlace(Visitor visitor, ConversationId conversation, ConversationSettings settings, int position,
		long bytes, @Nullable MessageId end, int depth, @Nullable AskedQuestion again) {

	/** The place of the first question of a new conversation. */
	static QuestionPlace first(Visitor visitor, ConversationId conversation) {
		return new QuestionPlace(visitor, conversation, ConversationSettings.NONE, 0, 0, null, 0, null);
	}

	/** The place at the end of the shown branch. */
	static QuestionPlace of(Visitor visitor, ConversationId id, Readable row) {
		MessageId current = Rows.messageId(row, "current_id");
		return new QuestionPlace(visitor, id, StoredSettings.read(row.get("settings", String.class)),
				Rows.number(row, "next_position"), Rows.size(row, "bytes"), current,
				(current != null) ? Rows.number(row, "depth") + 1 : 0, null);
	}

	/** The place after an answer, or the place of a question that may be asked again. */
	QuestionPlace at(Readable parent) {
		AskedQuestion again = Role.valueOf(Rows.text(parent, "role")) == Role.USER ? AskedQuestion.of(parent) : null;
		int depth = Rows.number(parent, "depth");
		return (again != null) ? below(again.parent(), depth, again)
				: below(Rows.messageId(parent, "id"), depth + 1, null);
	}

	private QuestionPlace below(@Nullable MessageId parent, int depth, @Nullable AskedQuestion again) {
		return new QuestionPlace(this.visitor, this.conversation, this.settings, this.position, this.bytes, parent,
				depth, again);
	}

	/**
	 * Returns the question at this place.
	 * @param question the question of the visitor
	 * @return the stored question if it has the same text and files; otherwise a new one
	 */
	AskedQuestion asked(Question question) {
		AskedQuestion stored = this.again;
		return (stored != null && stored.isSame(question.text(), question.attachments())) ? stored
				: new AskedQuestion(new MessageId(TimeUuid.next()), this.end, question.text(),
						Objects.requireNonNullElse(question.attachments(), List.of()));
	}

	/** Whether a question is not stored yet. */
	boolean isNew(AskedQuestion asked) {
		return !asked.equals(this.again);
	}

}
