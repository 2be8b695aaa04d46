package dev.runnel.chat;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.runnel.conversation.Answer;
import dev.runnel.conversation.Turn;
import dev.runnel.markdown.MarkdownRenderer;
import dev.runnel.upstream.Attachment;
import dev.runnel.upstream.Citation;
import dev.runnel.upstream.Usage;
import org.jspecify.annotations.Nullable;

/**
 * The response body of {@code POST /api/chat}, as in the wire contract.
 */
record ChatAnswer(String conversationId, String messageId, @Nullable String model, @Nullable String provider,
		String source, String content, @Nullable String html, @Nullable String finishReason, @Nullable Usage usage,
		@JsonInclude(JsonInclude.Include.NON_EMPTY) List<Citation> citations,
		@JsonInclude(JsonInclude.Include.NON_EMPTY) List<Attachment> attachments) {

	static ChatAnswer of(Turn turn, Answer answer, List<Attachment> pictures, boolean wantsHtml) {
		return new ChatAnswer(turn.conversation().toString(), turn.answerId().toString(), answer.model(),
				answer.provider(), answer.source().wireName(), answer.content(),
				wantsHtml ? MarkdownRenderer.render(answer.content(), answer.citedPages()) : null,
				(answer.finishReason() != null) ? answer.finishReason().wireName() : null, answer.usage(),
				answer.citations(), pictures);
	}

}
