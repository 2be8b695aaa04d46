package dev.runnel.chat;

import java.util.List;
import java.util.function.UnaryOperator;

import dev.runnel.conversation.Answer;
import dev.runnel.conversation.ConversationSettings;
import dev.runnel.conversation.TurnPlanner;
import dev.runnel.models.Models;
import dev.runnel.upstream.Attachment;
import org.jspecify.annotations.Nullable;

/**
 * Plans the turn of a request.
 *
 * @param context knows the models
 * @param choice the models that the visitor may choose
 * @param request the request
 * @param affordable refuses a plan that the visitor cannot pay
 */
record RequestPlanner(TurnContext context, Models choice, ChatRequest request,
		UnaryOperator<TurnPlanner.TurnPlan> affordable) implements TurnPlanner {

	@Override
	public TurnPlan plan(ConversationSettings settings, int length, @Nullable Answer written) {
		return this.affordable.apply(this.context.plan(this.choice, this.request, settings, length, written));
	}

	@Override
	public void check(TurnPlan plan, List<Attachment> attachments) {
		this.context.check(plan.origin(), attachments);
	}

}
