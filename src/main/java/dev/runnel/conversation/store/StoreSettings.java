package dev.runnel.conversation.store;

import java.time.Duration;

import jakarta.validation.constraints.Min;

import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The limits for stored conversations.
 *
 * @param retention how long a conversation is kept after its last use or its import;
 * pinned ones are kept for ever. Empty: all are kept for ever
 * @param visitorRetention how long the conversations and presets of an absent visitor are
 * kept, pinned ones included; counted in days, from the first start with this setting at
 * the earliest. Empty: for ever
 * @param maxPerVisitor the maximum number of conversations of one visitor
 * @param maxMessages the maximum number of messages in one conversation, all branches
 * together
 * @param maxSize the maximum size of one conversation, as UTF-8, at least 4 MB; a
 * question whose answer could exceed it is refused, and an answer can take 3 MB
 * @param maxStored the maximum size of all conversations, presets and files together
 * @param maxStoredPerVisitor the maximum size of the conversations, presets and files of
 * one visitor
 * @param maxUnstored the maximum amount of answer text that is held in memory while the
 * database cannot be reached; at most a quarter of RUNNEL_MEMORY_MAX
 */
@ConfigurationProperties("runnel.conversation")
record StoreSettings(@Nullable @DurationMin(minutes = 1) Duration retention,
		@Nullable @DurationMin(days = 2) Duration visitorRetention, @DefaultValue("20000") @Min(1) int maxPerVisitor,
		@DefaultValue("5000") @Min(2) int maxMessages, @DefaultValue("16MB") DataSize maxSize,
		@DefaultValue("4GB") DataSize maxStored, @DefaultValue("256MB") DataSize maxStoredPerVisitor,
		@DefaultValue("64MB") DataSize maxUnstored) {

	/** Room for the longest answer, and 1 MB for what comes before it. */
	private static final DataSize MIN_SIZE = DataSize.ofMegabytes(4);

	StoreSettings {
		if (maxSize.compareTo(MIN_SIZE) < 0) {
			throw new IllegalArgumentException(
					"runnel.conversation.max-size must be at least 4MB, because one answer can take 3MB");
		}
	}

	/**
	 * Whether a conversation may take a question and the longest answer.
	 * @param messages the number of messages before the question
	 * @param bytes the size of the conversation with the question
	 * @return false if the conversation is full
	 */
	boolean haveRoom(int messages, long bytes) {
		return messages + 2 <= this.maxMessages && bytes + StoredSize.MAX_ANSWER_BYTES <= this.maxSize.toBytes();
	}

}
