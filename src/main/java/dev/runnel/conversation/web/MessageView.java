package dev.runnel.conversation.web;

import java.time.Duration;
import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.runnel.conversation.Answer;
import dev.runnel.conversation.Message;
import dev.runnel.markdown.MarkdownRenderer;
import dev.runnel.upstream.Usage;
import org.jspecify.annotations.Nullable;

/**
 * A message as the wire contract shows it.
 */
sealed interface MessageView {

	static MessageView of(Message message, boolean html) {
		String parent = (message.parent() != null) ? message.parent().toString() : null;
		Answer answer = message.answer();
		return (answer != null) ? AnswerView.of(message, parent, answer, html)
				: new QuestionView(message.id().toString(), parent, message.role().wireName(), message.content(),
						message.createdAt().toString());
	}

	/**
	 * What a visitor asked.
	 */
	record QuestionView(String id, @Nullable String parentId, String role, String content,
			String createdAt) implements MessageView {
	}

	/**
	 * What was answered.
	 *
	 * @param html null where it is not wanted
	 */
	record AnswerView(String id, @Nullable String parentId, String role, String content, String createdAt,
			@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String html, String reasoning, @Nullable String model,
			@Nullable String provider, String source, String state, @Nullable String finishReason,
			@Nullable Usage usage, Timing timing) implements MessageView {

		private static AnswerView of(Message message, @Nullable String parent, Answer answer, boolean html) {
			return new AnswerView(message.id().toString(), parent, message.role().wireName(), message.content(),
					message.createdAt().toString(), html ? MarkdownRenderer.render(message.content()) : null,
					answer.reasoning(), answer.model(), answer.provider(), answer.source().wireName(),
					answer.state().name().toLowerCase(Locale.ROOT),
					(answer.finishReason() != null) ? answer.finishReason().wireName() : null, answer.usage(),
					Timing.of(answer));
		}

	}

	/**
	 * How long an answer took.
	 *
	 * @param firstTokenMs from the question to the first output
	 * @param thinkingMs how long the model reasoned; absent if it did not
	 * @param totalMs from the question to the end
	 */
	record Timing(@Nullable Long firstTokenMs, @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long thinkingMs,
			@Nullable Long totalMs) {

		private static Timing of(Answer answer) {
			return new Timing(millis(answer.firstToken()), millis(answer.thinking()), millis(answer.total()));
		}

		private static @Nullable Long millis(@Nullable Duration duration) {
			return (duration != null) ? duration.toMillis() : null;
		}

	}

}
