package dev.runnel.chat;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How long a model reasons, with a clock that the test sets.
 */
class ThinkingTimeTests {

	private long now;

	private ThinkingTime time = new ThinkingTime(null, () -> this.now);

	@Test
	void anAnswerWithoutReasoningHasNone() {
		this.time.pause();
		assertThat(this.time.soFar()).isNull();
	}

	@Test
	void lastsFromTheFirstReasoningToTheText() {
		reason(Duration.ofMillis(500));
		reason(Duration.ofMillis(1500));
		assertThat(this.time.soFar()).isEqualTo(Duration.ofSeconds(2));
		this.time.pause();
		pass(Duration.ofSeconds(9));
		assertThat(this.time.soFar()).isEqualTo(Duration.ofSeconds(2));
	}

	@Test
	void reasoningBehindTextCountsToo() {
		reason(Duration.ofSeconds(1));
		this.time.pause();
		pass(Duration.ofSeconds(5));
		reason(Duration.ofSeconds(2));
		this.time.pause();
		assertThat(this.time.soFar()).isEqualTo(Duration.ofSeconds(3));
	}

	@Test
	void anAnswerThatGoesOnAddsToWhatItHad() {
		this.time = new ThinkingTime(Duration.ofSeconds(4), () -> this.now);
		assertThat(this.time.soFar()).isEqualTo(Duration.ofSeconds(4));
		reason(Duration.ofSeconds(1));
		assertThat(this.time.soFar()).isEqualTo(Duration.ofSeconds(5));
	}

	private void reason(Duration duration) {
		this.time.goOn();
		pass(duration);
	}

	private void pass(Duration duration) {
		this.now += duration.toNanos();
	}

}
