package dev.runnel.conversation;

import java.time.Duration;

import dev.runnel.upstream.FinishReason;
import dev.runnel.upstream.Source;
import dev.runnel.upstream.Usage;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an answer. Each null stands for something not known, or not known yet.
 *
 * @param state how it stands
 * @param content Markdown
 * @param reasoning the model's reasoning, plain text, empty if there is none
 * @param source where the text comes from
 * @param model the model that answers
 * @param provider who runs the model
 * @param finishReason why the model stopped
 * @param usage what it took
 * @param firstToken from the question to the first output
 * @param total from the question to the end
 */
public record Answer(AnswerState state, String content, String reasoning, Source source, @Nullable String model,
		@Nullable String provider, @Nullable FinishReason finishReason, @Nullable Usage usage,
		@Nullable Duration firstToken, @Nullable Duration total) {
}
