package dev.runnel.security;

import java.time.Duration;
import java.util.List;

import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How visitors are told apart, and whose word counts.
 *
 * @param secretFile the file that holds the secret by which the server knows the cookies
 * it issued; made at the first start. Not set: visitor-secret in the data directory.
 * Empty, or without a data directory: a secret that is forgotten at the end, so that
 * every start knows no visitor
 * @param hosts the names that browsers know the server by, besides IP addresses and
 * localhost; * for any, where a proxy in front checks them. A request for another host
 * gets 421
 * @param trustedProxies addresses and networks of the proxies in front, such as
 * 127.0.0.1, 10.0.0.0/8: what they tell in X-Forwarded-For, -Proto, -Host and -Port
 * counts. Empty: nobody's word counts
 * @param visitorAge how long a browser is remembered after its last visit
 */
@Validated
@ConfigurationProperties("runnel.security")
record SecuritySettings(@Nullable String secretFile, @DefaultValue List<String> hosts,
		@DefaultValue List<String> trustedProxies, @DefaultValue("365d") @DurationMin(days = 1) Duration visitorAge) {
}
