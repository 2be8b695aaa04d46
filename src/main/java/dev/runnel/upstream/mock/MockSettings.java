package dev.runnel.upstream.mock;

import java.time.Duration;

import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The settings of the mock.
 *
 * @param pace the time between two words; 0 to send all words at once
 * @param slowPace the time between two words of a slow answer
 * @param seed makes the choice of the answer to a question the same after every start;
 * without a seed it differs between starts
 */
@ConfigurationProperties("runnel.mock")
@Validated
record MockSettings(@DefaultValue("30ms") @DurationMin @DurationMax(seconds = 60) Duration pace,
		@DefaultValue("500ms") @DurationMin @DurationMax(seconds = 60) Duration slowPace, @Nullable Long seed) {
}
