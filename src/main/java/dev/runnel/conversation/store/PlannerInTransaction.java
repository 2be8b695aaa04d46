package dev.runnel.conversation.store;

import java.util.List;

import dev.runnel.conversation.Answer;
import dev.runnel.conversation.ConversationSettings;
import dev.runnel.conversation.TurnPlanner;
import dev.runnel.upstream.Attachment;
import dev.runnel.web.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * Marks the errors of a planner that is called in a transaction, so that they do not
 * count as errors of the database.
 *
 * @param planner the planner
 */
record PlannerInTransaction(TurnPlanner planner) implements TurnPlanner {

	@Override
	public TurnPlan plan(ConversationSettings settings, int length, @Nullable Answer written) {
		try {
			return this.planner.plan(settings, length, written);
		}
		catch (RuntimeException ex) {
			throw marked(ex);
		}
	}

	@Override
	public void check(TurnPlan plan, List<Attachment> attachments) {
		try {
			this.planner.check(plan, attachments);
		}
		catch (RuntimeException ex) {
			throw marked(ex);
		}
	}

	/** A problem is an answer to the visitor, and never an error of the database. */
	private static RuntimeException marked(RuntimeException ex) {
		return (ex instanceof ProblemException) ? ex : new PlannerException(ex);
	}

	/** An error of the planner. */
	static final class PlannerException extends RuntimeException {

		private final RuntimeException error;

		private PlannerException(RuntimeException error) {
			super(error);
			this.error = error;
		}

		/**
		 * Returns the error as the planner threw it.
		 * @return the error
		 */
		RuntimeException error() {
			return this.error;
		}

	}

}
