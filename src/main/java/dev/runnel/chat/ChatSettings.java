package dev.runnel.chat;

import java.time.Duration;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The limits of a turn.
 *
 * @param maxMessageChars the longest message, in UTF-16 units
 * @param maxAnswerChars the longest answer, including reasoning, in UTF-16 units, at most
 * 1048576; a longer one is cut and ends with the finish reason "length"
 * @param renderingTime how long rendering the Markdown of one streamed answer may take in
 * all, half of it for the reasoning; later text is shown as written
 * @param contextChars the maximum number of characters of earlier messages that are sent
 * upstream
 * @param system the instructions for every conversation (its system prompt), unless a
 * request brings its own; empty: none
 * @param titleModel the model that writes titles for new conversations; empty: the model
 * that answered
 * @param titleTimeout how long writing a title may take, in the background after the
 * first answer; 0: the first line of the question stays the title
 */
@ConfigurationProperties("runnel.chat")
record ChatSettings(@DefaultValue("32000") @Min(1) int maxMessageChars,
		@DefaultValue("1048576") @Min(1) @Max(1048576) int maxAnswerChars,
		@DefaultValue("10s") @DurationMin(millis = 1) Duration renderingTime,
		@DefaultValue("200000") @Min(0) int contextChars, @Nullable String system, @Nullable String titleModel,
		@DefaultValue("20s") @DurationMin(seconds = 0) Duration titleTimeout) {
}
