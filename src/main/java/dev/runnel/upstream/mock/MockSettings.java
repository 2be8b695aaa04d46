package dev.runnel.upstream.mock;

import java.time.Duration;

import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the mock answers.
 *
 * @param pace the time between two words; 0 for all at once
 * @param slowPace the time between two words when it is asked to be slow
 * @param seed makes it choose the same answer to the same question after every start;
 * without one the choice changes from start to start
 */
@ConfigurationProperties("runnel.mock")
@Validated
record MockSettings(@DefaultValue("30ms") @DurationMin @DurationMax(seconds = 60) Duration pace,
		@DefaultValue("500ms") @DurationMin @DurationMax(seconds = 60) Duration slowPace, @Nullable Long seed) {
}
