package dev.runnel.page;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.runnel.conversation.Answer;
import dev.runnel.conversation.AnswerState;
import dev.runnel.conversation.Message;
import dev.runnel.conversation.MessageId;
import dev.runnel.models.Models;
import dev.runnel.upstream.FinishReason;
import dev.runnel.upstream.Model;
import dev.runnel.upstream.Source;
import dev.runnel.web.RenderingThreads;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * The branch of a conversation that is shown. The page's script computes the same in
 * {@code tree.js}.
 */
final class ShownBranch {

	/**
	 * The last question and its answer are not settled, because the reader looks at them
	 * first.
	 */
	private static final int UNSETTLED = 2;

	private ShownBranch() {
	}

	/**
	 * The branch that ends in a message. Its messages are rendered one by one, so that
	 * the first ones are sent while later ones are still being rendered.
	 * @param messages all messages of the conversation, in the order of their creation
	 * @param end the last message of the branch; null for an empty branch
	 * @param models knows the names of models
	 * @return the messages of the branch, the first question first
	 */
	static Flux<TurnView> of(List<Message> messages, @Nullable MessageId end, Models models) {
		List<Message> shown = upFrom(end, messages);
		return Flux.range(0, shown.size()).concatMap((at) -> RenderingThreads.stored(() -> view(shown, at, models)), 1);
	}

	private static List<Message> upFrom(@Nullable MessageId end, List<Message> messages) {
		Map<MessageId, Message> all = new HashMap<>();
		messages.forEach((message) -> all.put(message.id(), message));
		List<Message> shown = new ArrayList<>();
		Message message = find(end, all);
		while (message != null) {
			shown.add(message);
			message = find(message.parent(), all);
		}
		Collections.reverse(shown);
		return shown;
	}

	private static @Nullable Message find(@Nullable MessageId id, Map<MessageId, Message> messages) {
		return (id != null) ? messages.get(id) : null;
	}

	private static TurnView view(List<Message> shown, int at, Models models) {
		Message message = shown.get(at);
		boolean settled = at < shown.size() - UNSETTLED;
		Answer answer = message.answer();
		return (answer != null) ? answer(message, answer, models, settled)
				: question(message, (at > 0) ? shown.get(at - 1).createdAt() : null, settled);
	}

	private static TurnView question(Message message, @Nullable Instant before, boolean settled) {
		return new TurnView(message.id().toString(), true, message.content(), null,
				ShownText.of(ShownText.content(message)), message.createdAt(), before, settled, null,
				message.attachments());
	}

	private static TurnView answer(Message message, Answer answer, Models models, boolean settled) {
		return new TurnView(message.id().toString(), false, null, reasoning(message, answer),
				ShownText.of(ShownText.content(message)), message.createdAt(), null, settled, view(answer, models),
				message.attachments());
	}

	private static @Nullable ShownText reasoning(Message message, Answer answer) {
		return answer.reasoning().isEmpty() ? null : ShownText.of(ShownText.reasoning(message, answer));
	}

	private static TurnView.AnswerView view(Answer answer, Models models) {
		String model = (answer.source() == Source.MOCK) ? null : answer.model();
		Optional<FinishReason> finish = Optional.ofNullable(answer.finishReason());
		return new TurnView.AnswerView(state(answer), answer.source().wireName(), model, nameOf(model, models),
				finish.map(FinishReason::wireName).orElse(null), answer.thinkingMillis(),
				ending(answer.state(), answer.finishReason()), answer.citations(), answer.fallbackCode());
	}

	/** The name of a model, or its id if the name is unknown; null without a model. */
	static @Nullable String nameOf(@Nullable String model, Models models) {
		return (model != null) ? models.find(model).map(Model::name).orElse(model) : null;
	}

	private static String state(Answer answer) {
		if (answer.state() == AnswerState.STREAMING) {
			return answer.content().isEmpty() ? "thinking" : "responding";
		}
		return answer.state().wireName();
	}

	private static @Nullable String ending(AnswerState state, @Nullable FinishReason finish) {
		return switch (state) {
			case STREAMING -> "conversation.running";
			case COMPLETE -> (finish == FinishReason.LENGTH || finish == FinishReason.CONTENT_FILTER
					|| finish == FinishReason.BUDGET) ? "state." + finish.wireName() : null;
			case STOPPED, INTERRUPTED, FAILED -> "state." + state.wireName();
		};
	}

}
