package dev.runnel.upstream.openrouter;

import java.time.Duration;

/**
 * A phase of an answer.
 */
enum AnswerPhase {

	/**
	 * From the request to the first data. Some servers send the headers at once and
	 * others after the model has loaded, so both share one timeout.
	 */
	FIRST_DATA("no data"),

	/** From any data to the next. */
	BETWEEN_DATA("no further data"),

	/** The model has stopped; the usage may follow. */
	FINISHING("no usage"),

	/** The answer is complete; the end of the body makes the connection reusable. */
	ENDING("no end of the body");

	private final String lack;

	AnswerPhase(String lack) {
		this.lack = lack;
	}

	/**
	 * The longest silence in this phase.
	 * @param timeout the timeouts of the settings
	 * @return the time without data after which the answer fails
	 */
	Duration limit(OpenRouterSettings.Timeout timeout) {
		return switch (this) {
			case FIRST_DATA -> timeout.firstData();
			case BETWEEN_DATA -> timeout.betweenData();
			case FINISHING -> shorter(timeout.betweenData(), Duration.ofSeconds(5));
			case ENDING -> shorter(timeout.betweenData(), Duration.ofMillis(250));
		};
	}

	/**
	 * The data that did not come in time, for the log.
	 * @return a noun phrase
	 */
	String lack() {
		return this.lack;
	}

	private static Duration shorter(Duration one, Duration other) {
		return (one.compareTo(other) < 0) ? one : other;
	}

}
