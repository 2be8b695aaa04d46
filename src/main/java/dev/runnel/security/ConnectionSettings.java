package dev.runnel.security;

import java.time.Duration;

import jakarta.validation.constraints.Min;

import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The limits of connections.
 *
 * @param maxTotal the most connections at once; fewer if the system allows this process
 * fewer open files
 * @param maxPerAddress the most connections from one address, or from one IPv6 network of
 * 64 bits; this machine and trusted proxies are exempt
 * @param idleTimeout how long a connection may wait for its next request; choose a longer
 * time than a proxy in front of the server keeps it open
 * @param requestTimeout how long the head of a request may take; the body may take one
 * more second for each 4 KB received
 * @param writeTimeout how long a client may read nothing of the data sent to it
 */
@Validated
@ConfigurationProperties("runnel.connection")
record ConnectionSettings(@DefaultValue("5000") @Min(1) int maxTotal, @DefaultValue("500") @Min(1) int maxPerAddress,
		@DefaultValue("75s") @DurationMin(millis = 100) Duration idleTimeout,
		@DefaultValue("20s") @DurationMin(millis = 100) Duration requestTimeout,
		@DefaultValue("60s") @DurationMin(millis = 100) Duration writeTimeout) {
}
