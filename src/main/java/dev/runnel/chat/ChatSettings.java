package dev.runnel.chat;

import java.time.Duration;

import jakarta.validation.constraints.Min;

import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The limits of a turn.
 *
 * @param maxMessageChars the maximum length of a message, in UTF-16 units
 * @param maxAnswerChars the maximum length of an answer, reasoning included, in UTF-16
 * units; a longer answer is cut and ends with the finish reason "length"
 * @param renderingTime the maximum time to render the Markdown of one answer while it is
 * streamed; later text is shown as plain text
 * @param contextChars the most characters of earlier messages to send upstream
 * @param system the default system prompt, used unless a request has its own; empty for
 * none
 * @param titleModel the model that writes titles for new conversations; empty for the
 * model that answered
 * @param titleTimeout the maximum time to find a title, in the background after the first
 * answer; with 0, the first line of the question stays the title
 */
@Validated
@ConfigurationProperties("runnel.chat")
record ChatSettings(@DefaultValue("32000") @Min(1) int maxMessageChars,
		@DefaultValue("1048576") @Min(1) int maxAnswerChars,
		@DefaultValue("10s") @DurationMin(millis = 1) Duration renderingTime,
		@DefaultValue("200000") @Min(0) int contextChars, @Nullable String system, @Nullable String titleModel,
		@DefaultValue("20s") @DurationMin(seconds = 0) Duration titleTimeout) {
}
