package dev.runnel.export;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.runnel.conversation.Answer;
import dev.runnel.conversation.Message;
import dev.runnel.upstream.Citation;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonDeserialize;

/**
 * A message in a JSON file. Messages are numbered from 1 in file order, so that the file
 * does not contain ids of the server.
 *
 * @param id the number of the message
 * @param parent the number of the parent; null for a first question
 * @param role {@code user} or {@code assistant}
 * @param createdAt the start time, in ISO 8601
 * @param content Markdown
 * @param attachments the numbers of the attached files; absent if there are none
 * @param answer the details of an answer; absent for a question
 */
public record FileMessage(@Nullable Integer id, @Nullable Integer parent, @Nullable String role,
		@Nullable String createdAt, @Nullable String content,
		@JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonDeserialize(
				using = AttachmentNumbers.class) @Nullable List<Integer> attachments,
		@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable FileAnswer answer) {

	/** The maximum number of attached files. */
	public static final int MAX_ATTACHMENTS = 10;

	static FileMessage of(Message message, int id, @Nullable Integer parent, List<Integer> attachments) {
		return new FileMessage(id, parent, message.role().wireName(), message.createdAt().toString(), message.content(),
				attachments, (message.answer() != null) ? FileAnswer.of(message.answer()) : null);
	}

	/**
	 * A page that an answer cites.
	 *
	 * @param url the address
	 * @param title the title; null if unknown
	 */
	public record FileCitation(@Nullable String url, @Nullable String title) {

		private static FileCitation of(Citation citation) {
			return new FileCitation(citation.url(), citation.title());
		}

	}

	/**
	 * The details of an answer in a JSON file, without its text.
	 *
	 * @param state {@code complete}, {@code stopped}, {@code interrupted} or
	 * {@code failed}; an import also reads {@code streaming}
	 * @param reasoning Markdown
	 * @param source {@code openrouter} or {@code mock}
	 * @param model the model that answered
	 * @param provider the company that ran the model
	 * @param finishReason why the model stopped
	 * @param usage tokens and price
	 * @param firstTokenMs milliseconds from the question to the first output
	 * @param thinkingMs milliseconds of reasoning
	 * @param totalMs milliseconds from the question to the end
	 * @param citations the pages that the content cites; absent if there are none
	 * @param fallback the code of the failure because of which the mock answers; absent
	 * if the mock did not take over
	 */
	public record FileAnswer(@Nullable String state, @Nullable String reasoning, @Nullable String source,
			@Nullable String model, @Nullable String provider, @Nullable String finishReason, @Nullable FileUsage usage,
			@Nullable Long firstTokenMs, @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long thinkingMs,
			@Nullable Long totalMs, @JsonInclude(JsonInclude.Include.NON_EMPTY) @Nullable List<FileCitation> citations,
			@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String fallback) {

		private static FileAnswer of(Answer answer) {
			return new FileAnswer(FileWords.state(answer).wireName(), answer.reasoning(), answer.source().wireName(),
					answer.model(), answer.provider(),
					(answer.finishReason() != null) ? answer.finishReason().wireName() : null,
					FileUsage.of(answer.usage()), answer.firstTokenMillis(), answer.thinkingMillis(),
					answer.totalMillis(), answer.citations().stream().map(FileCitation::of).toList(),
					answer.fallbackCode());
		}

	}

}
