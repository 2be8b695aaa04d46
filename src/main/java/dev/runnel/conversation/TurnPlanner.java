package dev.runnel.conversation;

import java.util.List;

import dev.runnel.upstream.Attachment;
import dev.runnel.upstream.Origin;
import org.jspecify.annotations.Nullable;

/**
 * Plans a turn. The store calls it inside the transaction that stores the turn, because
 * only there the settings of the conversation are known.
 */
@FunctionalInterface
public interface TurnPlanner {

	/**
	 * Plans a turn.
	 * @param settings the settings of the conversation
	 * @param length the length of the question with its attachments, and of the answer to
	 * continue, in UTF-16 units
	 * @param written the answer to continue; null for a new answer
	 * @return the plan
	 */
	TurnPlan plan(ConversationSettings settings, int length, @Nullable Answer written);

	/**
	 * Checks that the planned model reads the attachments of the question.
	 * @param plan the plan
	 * @param attachments the files of the question, new ones or those of a question that
	 * is asked again
	 * @throws dev.runnel.web.ProblemException if it does not
	 */
	default void check(TurnPlan plan, List<Attachment> attachments) {
	}

	/**
	 * The plan for a turn, made before the turn is stored.
	 *
	 * @param origin the origin of the answer
	 * @param room the maximum length of the earlier messages that go upstream, in UTF-16
	 * units, at least 0
	 */
	record TurnPlan(Origin origin, int room) {
	}

}
