package dev.runnel.conversation.store;

import dev.runnel.conversation.MessageId;
import dev.runnel.conversation.Question;
import dev.runnel.conversation.TimeUuid;
import dev.runnel.conversation.Turn;
import dev.runnel.conversation.TurnPlanner;
import dev.runnel.conversation.TurnPlanner.TurnPlan;

/**
 * A new answer that is about to be stored.
 *
 * @param place the place of its question
 * @param asked its question
 * @param id the id of the answer
 * @param plan who writes it
 */
record PlannedAnswer(QuestionPlace place, AskedQuestion asked, MessageId id, TurnPlan plan) {

	static PlannedAnswer of(QuestionPlace place, Question question, TurnPlanner planner) {
		AskedQuestion asked = place.asked(question);
		TurnPlan plan = planner.plan(place.settings(), asked.length(), null);
		planner.check(plan, asked.attachments());
		return new PlannedAnswer(place, asked, new MessageId(TimeUuid.next()), plan);
	}

	Turn turn(BranchHistory history) {
		return new Turn(this.place.visitor(), this.place.conversation(), this.asked.id(), this.asked.text(), this.id,
				history.messages(), history.omitted(), this.place.settings(), false, this.plan.origin(), null,
				this.asked.attachments());
	}

}
