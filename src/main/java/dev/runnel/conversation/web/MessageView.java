package dev.runnel.conversation.web;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.runnel.conversation.Answer;
import dev.runnel.conversation.Message;
import dev.runnel.markdown.MarkdownRenderer;
import dev.runnel.upstream.Attachment;
import dev.runnel.upstream.Citation;
import dev.runnel.upstream.Usage;
import org.jspecify.annotations.Nullable;

/**
 * The JSON form of a message.
 */
sealed interface MessageView {

	static MessageView of(Message message, boolean html) {
		String parent = (message.parent() != null) ? message.parent().toString() : null;
		Answer answer = message.answer();
		return (answer != null) ? AnswerView.of(message, parent, answer, html)
				: new QuestionView(message.id().toString(), parent, message.role().wireName(), message.content(),
						message.createdAt().toString(), html ? MarkdownRenderer.render(message.content()) : null,
						message.attachments());
	}

	/**
	 * The JSON form of a question.
	 *
	 * @param html the rendered content; null if the request does not ask for HTML
	 * @param attachments the files; absent if there are none
	 */
	record QuestionView(String id, @Nullable String parentId, String role, String content, String createdAt,
			@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String html,
			@JsonInclude(JsonInclude.Include.NON_EMPTY) List<Attachment> attachments) implements MessageView {
	}

	/**
	 * The JSON form of an answer.
	 *
	 * @param html the rendered content; null if the request does not ask for HTML
	 * @param reasoningHtml the rendered reasoning; null if there is none, or if the
	 * request does not ask for HTML
	 * @param citations the pages that the content cites; absent if there are none
	 * @param attachments the pictures; absent if there are none
	 * @param fallback the code of the failure because of which the mock answers; absent
	 * if the mock did not take over
	 */
	record AnswerView(String id, @Nullable String parentId, String role, String content, String createdAt,
			@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String html, String reasoning,
			@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String reasoningHtml, @Nullable String model,
			@Nullable String provider, String source, String state, @Nullable String finishReason,
			@Nullable Usage usage, Timing timing, @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Citation> citations,
			@JsonInclude(JsonInclude.Include.NON_EMPTY) List<Attachment> attachments,
			@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String fallback) implements MessageView {

		private static AnswerView of(Message message, @Nullable String parent, Answer answer, boolean html) {
			return new AnswerView(message.id().toString(), parent, message.role().wireName(), message.content(),
					message.createdAt().toString(),
					html ? MarkdownRenderer.render(message.content(), answer.citedPages()) : null, answer.reasoning(),
					reasoningHtml(answer, html), answer.model(), answer.provider(), answer.source().wireName(),
					answer.state().wireName(),
					(answer.finishReason() != null) ? answer.finishReason().wireName() : null, answer.usage(),
					Timing.of(answer), answer.citations(), message.attachments(), answer.fallbackCode());
		}

		private static @Nullable String reasoningHtml(Answer answer, boolean html) {
			return (html && !answer.reasoning().isEmpty()) ? MarkdownRenderer.render(answer.reasoning()) : null;
		}

	}

	/**
	 * The timing of an answer, in milliseconds. A null component is unknown.
	 *
	 * @param firstTokenMs from the question to the first output
	 * @param thinkingMs how long the model reasoned; absent if it did not
	 * @param totalMs from the question to the end
	 */
	record Timing(@Nullable Long firstTokenMs, @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long thinkingMs,
			@Nullable Long totalMs) {

		private static Timing of(Answer answer) {
			return new Timing(answer.firstTokenMillis(), answer.thinkingMillis(), answer.totalMillis());
		}

	}

}
