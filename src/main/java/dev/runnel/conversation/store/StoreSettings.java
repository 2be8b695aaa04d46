package dev.runnel.conversation.store;

import java.time.Duration;

import jakarta.validation.constraints.Min;

import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How many conversations are kept, and for how long.
 *
 * @param retention how long a conversation is kept after it was last used; pinned ones
 * are kept for ever. Empty: all are
 * @param maxPerVisitor the most conversations that one visitor may have
 * @param maxMessages the most messages that one conversation may have, all branches
 * together
 * @param maxUnstored the most text of answers that is held in memory while the database
 * cannot be reached; at most a quarter of runnel.memory.max
 */
@Validated
@ConfigurationProperties("runnel.conversation")
record StoreSettings(@Nullable @DurationMin(minutes = 1) Duration retention,
		@DefaultValue("20000") @Min(1) int maxPerVisitor, @DefaultValue("5000") @Min(2) int maxMessages,
		@DefaultValue("64MB") DataSize maxUnstored) {
}
