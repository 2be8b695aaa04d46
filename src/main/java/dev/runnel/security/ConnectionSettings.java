package dev.runnel.security;

import java.time.Duration;

import jakarta.validation.constraints.Min;

import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The limits of connections.
 *
 * @param maxTotal the maximum number of connections at once; fewer if the system allows
 * the process fewer open files
 * @param maxPerAddress the maximum number of connections from one address, or from one
 * IPv6 network of 64 bits; this machine and trusted proxies are not counted
 * @param idleTimeout how long a connection may wait for its next request; longer than a
 * proxy in front keeps an idle connection
 * @param requestTimeout how long the head of a request may take; its body may take this
 * time and a second for each 4 KB, and after the answer this time
 * @param writeTimeout how long a reader may accept nothing of the data that is sent to it
 */
@ConfigurationProperties("runnel.connection")
record ConnectionSettings(@DefaultValue("5000") @Min(1) int maxTotal, @DefaultValue("500") @Min(1) int maxPerAddress,
		@DefaultValue("75s") @DurationMin(millis = 100) Duration idleTimeout,
		@DefaultValue("20s") @DurationMin(millis = 100) Duration requestTimeout,
		@DefaultValue("60s") @DurationMin(millis = 100) Duration writeTimeout) {
}
