package dev.runnel.stream;

import java.time.Duration;

import jakarta.validation.constraints.Min;

import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long streams live, and how many may run.
 *
 * @param grace how long an answer goes on without any reader; 0 cancels it at once
 * @param retention how long an ended stream can be read again
 * @param maxPerVisitor the most running streams of one visitor
 * @param maxPerAddress the most running streams of one address, or of one IPv6 network of
 * 64 bits; all visitors of an address without a known cookie share one stream
 * @param maxTotal the most running streams of the server
 * @param shutdownWait how long running streams may go on after the server is told to stop
 * @param maxSilence how long a stream may be without any event before it is ended; longer
 * than all timeouts of upstream together
 * @param keepAlive the silence after which a comment is sent, so that no proxy closes the
 * connection
 */
@ConfigurationProperties("runnel.stream")
record StreamSettings(@DefaultValue("30s") @DurationMin Duration grace,
		@DefaultValue("10m") @DurationMin Duration retention, @DefaultValue("4") @Min(1) int maxPerVisitor,
		@DefaultValue("16") @Min(1) int maxPerAddress, @DefaultValue("2000") @Min(1) int maxTotal,
		@DefaultValue("20s") @DurationMin @DurationMax(minutes = 5) Duration shutdownWait,
		@DefaultValue("8m") @DurationMin(seconds = 1) Duration maxSilence,
		@DefaultValue("15s") @DurationMin(millis = 100) Duration keepAlive) {
}
