package dev.runnel.models;

import java.time.Duration;
import java.util.List;

import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the list of models is kept.
 *
 * @param allowed the models that may be asked, besides the default one: ids, or patterns
 * such as openai/*, in which a star stands for any text. Empty: all
 * @param allowedForUsers the models that an account without the role of an admin may ask,
 * among those that are allowed: ids, or patterns such as openai/*. Empty: all of them
 * @param refresh how long a model list is used before it is fetched again
 * @param retry the pause before the next try if the model list could not be fetched
 * @param timeout how long fetching the model list may take
 * @param patience how long a request for the model list waits if there is no list yet
 */
@ConfigurationProperties("runnel.catalogue")
public record CatalogueSettings(@DefaultValue List<String> allowed, @DefaultValue List<String> allowedForUsers,
		@DefaultValue("1h") @DurationMin(millis = 1) Duration refresh,
		@DefaultValue("1m") @DurationMin(millis = 1) Duration retry,
		@DefaultValue("10s") @DurationMin(millis = 1) Duration timeout,
		@DefaultValue("2s") @DurationMin Duration patience) {
}
