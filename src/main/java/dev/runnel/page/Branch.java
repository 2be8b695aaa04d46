package dev.runnel.page;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.runnel.conversation.Answer;
import dev.runnel.conversation.AnswerState;
import dev.runnel.conversation.Message;
import dev.runnel.conversation.MessageId;
import dev.runnel.markdown.MarkdownRenderer;
import dev.runnel.upstream.FinishReason;
import dev.runnel.upstream.Source;
import org.jspecify.annotations.Nullable;

/**
 * The branch of a conversation that is shown, and of how many versions each of its turns
 * is one. The page's script knows the same from {@code tree.js}.
 */
final class Branch {

	/** The last exchange is what the reader looks at first. */
	private static final int UNSETTLED = 2;

	private final Map<MessageId, Message> messages = new HashMap<>();

	private final Map<@Nullable MessageId, List<Message>> children = new HashMap<>();

	private Branch(List<Message> messages) {
		for (Message message : messages) {
			this.messages.put(message.id(), message);
			this.children.computeIfAbsent(message.parent(), (parent) -> new ArrayList<>()).add(message);
		}
	}

	/**
	 * Renders the branch that ends in a message.
	 * @param messages all of the conversation, in the order in which they were begun
	 * @param end the last one of the branch; null where there is none
	 * @return the branch's turns, the first question first
	 */
	static List<TurnView> of(List<Message> messages, @Nullable MessageId end) {
		Branch branch = new Branch(messages);
		List<Message> shown = branch.upFrom(end);
		List<TurnView> turns = new ArrayList<>(shown.size());
		for (int at = 0; at < shown.size(); at++) {
			turns.add(branch.view(shown.get(at), at < shown.size() - UNSETTLED));
		}
		return turns;
	}

	private List<Message> upFrom(@Nullable MessageId end) {
		List<Message> shown = new ArrayList<>();
		Message message = (end != null) ? this.messages.get(end) : null;
		while (message != null) {
			shown.add(message);
			message = (message.parent() != null) ? this.messages.get(message.parent()) : null;
		}
		Collections.reverse(shown);
		return shown;
	}

	private TurnView view(Message message, boolean settled) {
		List<Message> versions = versions(message);
		Answer answer = message.answer();
		return new TurnView(message.id().toString(), answer == null,
				(answer == null) ? message.content() : answer.reasoning(),
				(answer == null) ? "" : MarkdownRenderer.render(message.content()), message.createdAt(),
				versions.indexOf(message) + 1, versions.size(), settled, (answer != null) ? view(answer) : null);
	}

	/** A failure that said nothing is not worth stepping to. */
	private List<Message> versions(Message message) {
		return this.children.getOrDefault(message.parent(), List.of())
			.stream()
			.filter((version) -> version.equals(message) || !isNothing(version.answer()))
			.toList();
	}

	private static boolean isNothing(@Nullable Answer answer) {
		return answer != null && answer.content().isEmpty() && answer.reasoning().isEmpty()
				&& (answer.state() == AnswerState.FAILED || answer.state() == AnswerState.INTERRUPTED);
	}

	private static TurnView.AnswerView view(Answer answer) {
		FinishReason finish = answer.finishReason();
		return new TurnView.AnswerView(state(answer), answer.source().wireName(),
				(answer.source() == Source.MOCK) ? null : answer.model(), (finish != null) ? finish.wireName() : null,
				ending(answer.state(), finish));
	}

	private static String state(Answer answer) {
		if (answer.state() == AnswerState.STREAMING) {
			return answer.content().isEmpty() ? "thinking" : "responding";
		}
		return answer.state().name().toLowerCase(Locale.ROOT);
	}

	private static @Nullable String ending(AnswerState state, @Nullable FinishReason finish) {
		return switch (state) {
			case STREAMING -> "conversation.running";
			case COMPLETE -> (finish == FinishReason.LENGTH || finish == FinishReason.CONTENT_FILTER)
					? "state." + finish.wireName() : null;
			case STOPPED, INTERRUPTED, FAILED -> "state." + state.name().toLowerCase(Locale.ROOT);
		};
	}

}
