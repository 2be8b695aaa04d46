package dev.runnel.chat;

import java.util.List;

import dev.runnel.conversation.Answer;
import dev.runnel.conversation.ConversationSettings;
import dev.runnel.conversation.TurnPlanner;
import dev.runnel.upstream.Attachment;
import org.jspecify.annotations.Nullable;

/**
 * Plans the turn of a request.
 *
 * @param context knows the models
 * @param request the request
 */
record RequestPlanner(TurnContext context, ChatRequest request) implements TurnPlanner {

	@Override
	public TurnPlan plan(ConversationSettings settings, int length, @Nullable Answer written) {
		return this.context.plan(this.request, settings, length, written);
	}

	@Override
	public void check(TurnPlan plan, List<Attachment> attachments) {
		this.context.check(plan.origin(), attachments);
	}

}
