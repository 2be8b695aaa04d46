package dev.runnel.models;

import java.time.Duration;
import java.util.List;

import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the list of models is kept.
 *
 * @param allowed the models that may be asked, besides the default one: ids, or patterns
 * such as openai/*, where a star stands for any text. Empty: all
 * @param refresh how long a list is good
 * @param retry how soon to ask again after the list could not be had
 * @param timeout how long to wait for the list
 * @param patience how long a visitor who asks for the list waits for the first one
 */
@ConfigurationProperties("runnel.catalogue")
@Validated
record CatalogueSettings(@DefaultValue List<String> allowed,
		@DefaultValue("1h") @DurationMin(millis = 1) Duration refresh,
		@DefaultValue("1m") @DurationMin(millis = 1) Duration retry,
		@DefaultValue("10s") @DurationMin(millis = 1) Duration timeout,
		@DefaultValue("2s") @DurationMin Duration patience) {
}
