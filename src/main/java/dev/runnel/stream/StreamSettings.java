package dev.runnel.stream;

import java.time.Duration;

import jakarta.validation.constraints.Min;

import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long streams live, and how many.
 *
 * @param grace how long an answer goes on while nobody reads it; 0 cancels it at once
 * @param retention how long a stream can be read again after its end
 * @param maxPerVisitor the most streams that one visitor may have running
 * @param maxPerAddress the most streams that may run at once for one address, or one IPv6
 * network of 64 bits; visitors without a known cookie have one together
 * @param maxTotal the most streams that may run at once
 * @param shutdownWait how long running streams may go on when the server is told to stop
 * @param maxSilence how long a stream may be without any event before it is ended; longer
 * than all time-outs of upstream together
 * @param keepAlive after how much silence a comment is sent, so that nothing on the way
 * gives the connection up
 */
@ConfigurationProperties("runnel.stream")
record StreamSettings(@DefaultValue("30s") @DurationMin Duration grace,
		@DefaultValue("10m") @DurationMin Duration retention, @DefaultValue("4") @Min(1) int maxPerVisitor,
		@DefaultValue("16") @Min(1) int maxPerAddress, @DefaultValue("2000") @Min(1) int maxTotal,
		@DefaultValue("20s") @DurationMin @DurationMax(minutes = 5) Duration shutdownWait,
		@DefaultValue("8m") @DurationMin(seconds = 1) Duration maxSilence,
		@DefaultValue("15s") @DurationMin(millis = 100) Duration keepAlive) {
}
