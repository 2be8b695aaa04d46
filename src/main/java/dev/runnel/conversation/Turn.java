package dev.runnel.conversation;

import java.util.List;

import dev.runnel.upstream.Attachment;
import dev.runnel.upstream.Origin;
import dev.runnel.upstream.Prompt;
import dev.runnel.web.Visitor;
import org.jspecify.annotations.Nullable;

/**
 * A stored question and the answer that is about to be written.
 *
 * @param visitor the owner of the conversation
 * @param conversation the id of the conversation
 * @param questionId the id of the question
 * @param question the text of the question
 * @param answerId the id of the answer
 * @param history the earlier turns of the branch that fit into the context, only whole
 * turns, the oldest first; excludes this question and answers of the mock
 * @param omitted the number of earlier messages that did not fit
 * @param settings the settings of the conversation
 * @param temporary true if the turn must not be stored
 * @param origin the origin of the answer, as it is stored
 * @param writtenSoFar the answer to continue; null for a new answer
 * @param attachments the files of the question
 * @param pictures the pictures of the answer to continue
 */
public record Turn(Visitor visitor, ConversationId conversation, MessageId questionId, String question,
		MessageId answerId, List<Prompt.Message> history, int omitted, ConversationSettings settings, boolean temporary,
		Origin origin, @Nullable Answer writtenSoFar, List<Attachment> attachments, List<Attachment> pictures) {

	public Turn {
		history = List.copyOf(history);
		attachments = List.copyOf(attachments);
		pictures = List.copyOf(pictures);
	}

	/** Creates a turn without pictures. */
	public Turn(Visitor visitor, ConversationId conversation, MessageId questionId, String question, MessageId answerId,
			List<Prompt.Message> history, int omitted, ConversationSettings settings, boolean temporary, Origin origin,
			@Nullable Answer writtenSoFar, List<Attachment> attachments) {
		this(visitor, conversation, questionId, question, answerId, history, omitted, settings, temporary, origin,
				writtenSoFar, attachments, List.of());
	}

	/** Creates a turn without attachments. */
	public Turn(Visitor visitor, ConversationId conversation, MessageId questionId, String question, MessageId answerId,
			List<Prompt.Message> history, int omitted, ConversationSettings settings, boolean temporary, Origin origin,
			@Nullable Answer writtenSoFar) {
		this(visitor, conversation, questionId, question, answerId, history, omitted, settings, temporary, origin,
				writtenSoFar, List.of());
	}

	/**
	 * The answer to store if no model writes it.
	 * @return the unchanged answer if it was to be continued; otherwise an empty answer
	 * in the state {@link AnswerState#FAILED}
	 */
	public Answer unanswered() {
		return (this.writtenSoFar != null) ? this.writtenSoFar
				: Answer.begun(this.origin).withState(AnswerState.FAILED);
	}

}
