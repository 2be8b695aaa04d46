package dev.runnel.upstream.mock;

import java.time.Duration;

import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of the mock.
 *
 * @param pace the time between two words of the mock; 0 for all words at once
 * @param slowPace the time between two words if the mock is asked to be slow
 * @param seed makes the mock choose the same answer to the same question after every
 * start; without a seed the choice changes from start to start
 */
@ConfigurationProperties("runnel.mock")
record MockSettings(@DefaultValue("30ms") @DurationMin @DurationMax(seconds = 60) Duration pace,
		@DefaultValue("500ms") @DurationMin @DurationMax(seconds = 60) Duration slowPace, @Nullable Long seed) {
}
