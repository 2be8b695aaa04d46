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
 * @param allowed the models that visitors may choose, besides the default one: ids, or
 * patterns such as openai/*, in which a star matches any text. Empty: all
 * @param refresh how long to use a fetched list before fetching it again
 * @param retry how long to wait after a failed fetch
 * @param timeout how long a fetch may take
 * @param patience how long a request for the list waits for the first fetch
 */
@ConfigurationProperties("runnel.catalogue")
@Validated
record CatalogueSettings(@DefaultValue List<String> allowed,
		@DefaultValue("1h") @DurationMin(millis = 1) Duration refresh,
		@DefaultValue("1m") @DurationMin(millis = 1) Duration retry,
		@DefaultValue("10s") @DurationMin(millis = 1) Duration timeout,
		@DefaultValue("2s") @DurationMin Duration patience) {
}
