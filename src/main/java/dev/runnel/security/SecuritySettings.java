package dev.runnel.security;

import java.time.Duration;
import java.util.List;

import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the server recognises visitors, and which hosts and proxies it trusts.
 *
 * @param secretFile the file with the secret that signs the visitors' cookies; created at
 * the first start. Not set: visitor-secret in the data directory. Empty, or without a
 * data directory: each start makes a new secret and recognises no earlier visitor
 * @param hosts the host names by which browsers reach the server, besides IP addresses
 * and localhost; * for any, if a proxy in front checks them. A request for another host
 * gets 421
 * @param trustedProxies the addresses and networks of the proxies in front, such as
 * 127.0.0.1, 10.0.0.0/8; only their X-Forwarded-For, -Proto, -Host and -Port count.
 * Empty: no proxy is trusted
 * @param visitorAge how long a browser is remembered after its last visit
 */
@Validated
@ConfigurationProperties("runnel.security")
record SecuritySettings(@Nullable String secretFile, @DefaultValue List<String> hosts,
		@DefaultValue List<String> trustedProxies, @DefaultValue("365d") @DurationMin(days = 1) Duration visitorAge) {
}
