package dev.runnel.imports;

import java.time.Duration;

import jakarta.validation.constraints.Min;

import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The limits of an import.
 *
 * @param maxSize the largest file
 * @param maxUploadTime how long the upload of a file may take
 * @param maxUnpackedSize the maximum unpacked size of a zip
 * @param maxConversations the maximum number of conversations in one file
 * @param maxMessages the maximum number of messages in one conversation
 * @param maxMessageChars the longest message, including reasoning, in UTF-16 units
 * @param maxConversationChars the maximum amount of text in one conversation, in UTF-16
 * units
 */
@ConfigurationProperties("runnel.import")
record ImportSettings(@DefaultValue("64MB") DataSize maxSize,
		@DefaultValue("5m") @DurationMin(seconds = 1) Duration maxUploadTime,
		@DefaultValue("512MB") DataSize maxUnpackedSize, @DefaultValue("10000") @Min(1) int maxConversations,
		@DefaultValue("5000") @Min(1) int maxMessages, @DefaultValue("1048576") @Min(1) int maxMessageChars,
		@DefaultValue("16777216") @Min(1) int maxConversationChars) {
}
