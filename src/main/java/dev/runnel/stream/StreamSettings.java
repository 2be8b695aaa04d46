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
 * @param grace how long an answer continues without a reader; 0 cancels it at once
 * @param retention how long a stream can be read again after its end
 * @param maxPerVisitor the maximum number of running streams of one visitor
 * @param maxPerAddress the maximum number of answers that are written at once for one
 * address; visitors without a cookie of this server share one
 * @param maxTotal the maximum number of running streams
 * @param shutdownWait how long running streams may continue after the server is told to
 * stop
 * @param maxSilence how long a stream may have no event before it is ended; longer than
 * the models that are tried one after the other may be silent
 * @param keepAlive the silence after which a comment is sent, so that no proxy or
 * firewall closes the connection
 * @param takeOver what becomes of the running answers of a server that died or stops, if
 * servers share a Redis: interrupt ends them, continue asks the model to go on, which
 * costs money
 */
@ConfigurationProperties("runnel.stream")
public record StreamSettings(@DefaultValue("30s") @DurationMin Duration grace,
		@DefaultValue("10m") @DurationMin Duration retention, @DefaultValue("4") @Min(1) int maxPerVisitor,
		@DefaultValue("16") @Min(1) int maxPerAddress, @DefaultValue("2000") @Min(1) int maxTotal,
		@DefaultValue("20s") @DurationMin @DurationMax(minutes = 5) Duration shutdownWait,
		@DefaultValue("8m") @DurationMin(seconds = 1) Duration maxSilence,
		@DefaultValue("15s") @DurationMin(millis = 100) Duration keepAlive,
		@DefaultValue("interrupt") TakeOver takeOver) {

	/** What becomes of the running answers of a server that died or stops. */
	public enum TakeOver {

		/** They end as interrupted. */
		INTERRUPT,
		/** Another server asks the model to go on. */
		CONTINUE

	}

}
