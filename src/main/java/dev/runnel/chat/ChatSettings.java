package dev.runnel.chat;

import java.time.Duration;

import jakarta.validation.constraints.Min;

import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The bounds of a turn.
 *
 * @param maxMessageChars the longest message, in UTF-16 units
 * @param maxAnswerChars the longest answer, reasoning included, in UTF-16 units; what is
 * beyond is cut and the answer ends with the finish reason "length"
 * @param renderingTime how long the Markdown of one answer may take to render while it is
 * streamed; what comes later is shown as written
 * @param contextChars the most characters of earlier messages that go upstream
 * @param system the instructions that every conversation begins with, unless a request
 * brings its own; empty: none
 * @param titleModel the model that finds titles for new conversations; empty: the one
 * that answered
 * @param titleTimeout how long finding a title may take, in the background after the
 * first answer; 0: the first line of the question stays the title
 */
@Validated
@ConfigurationProperties("runnel.chat")
record ChatSettings(@DefaultValue("32000") @Min(1) int maxMessageChars,
		@DefaultValue("1048576") @Min(1) int maxAnswerChars,
		@DefaultValue("10s") @DurationMin(millis = 1) Duration renderingTime,
		@DefaultValue("200000") @Min(0) int contextChars, @Nullable String system, @Nullable String titleModel,
		@DefaultValue("20s") @DurationMin(seconds = 0) Duration titleTimeout) {
}
