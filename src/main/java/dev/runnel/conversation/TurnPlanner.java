package dev.runnel.conversation;

import org.jspecify.annotations.Nullable;

/**
 * Decides how a turn is asked. The store calls it in the transaction that stores the
 * turn, because the settings of the conversation are known only there.
 */
@FunctionalInterface
public interface TurnPlanner {

	/**
	 * Plans a turn.
	 * @param settings how the conversation's questions are asked
	 * @param length the length of the question, and of what is written of its answer, in
	 * UTF-16 units
	 * @param written what is there of an answer that goes on; null for one that begins
	 * @return the plan
	 */
	TurnPlan plan(ConversationSettings settings, int length, @Nullable Answer written);

}
