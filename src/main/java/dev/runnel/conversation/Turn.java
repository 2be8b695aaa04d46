package dev.runnel.conversation;

import java.util.List;

import dev.runnel.upstream.Origin;
import dev.runnel.upstream.Prompt;
import dev.runnel.web.Visitor;
import org.jspecify.annotations.Nullable;

/**
 * A question that was kept, and the answer that it waits for.
 *
 * @param visitor to whom it belongs
 * @param conversation the conversation it is part of
 * @param question the id of the question
 * @param text what is asked
 * @param answer the id of the answer to come
 * @param history the whole earlier turns of the branch that fit, oldest first, without
 * the question and without what the mock wrote
 * @param omitted how many earlier messages did not fit
 * @param settings how the conversation's questions are asked
 * @param temporary true if nothing of it may be stored
 * @param origin who writes the answer, as it is stored
 * @param written what there is of an answer that goes on; null for one that begins
 */
public record Turn(Visitor visitor, ConversationId conversation, MessageId question, String text, MessageId answer,
		List<Prompt.Message> history, int omitted, ConversationSettings settings, boolean temporary, Origin origin,
		@Nullable Answer written) {

	public Turn {
		history = List.copyOf(history);
	}

	/**
	 * What the answer is if nobody writes it after all.
	 * @return what was there before; nothing, and failed, for an answer that begins
	 */
	public Answer unanswered() {
		return (this.written != null) ? this.written : Answer.begun(this.origin).withState(AnswerState.FAILED);
	}

}
