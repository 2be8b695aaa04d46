package dev.runnel.web;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Log lines that strangers can cause are written once a minute.
 */
class LogPauseTests {

	private final long[] now = { Long.MAX_VALUE - 5 };

	private final LogPause pause = new LogPause(() -> this.now[0]);

	@Test
	void isOverAtFirstAndOnceAMinute() {
		assertThat(this.pause.isOver()).isTrue();
		assertThat(this.pause.isOver()).isFalse();
		this.now[0] += Duration.ofSeconds(59).toNanos();
		assertThat(this.pause.isOver()).isFalse();
		this.now[0] += Duration.ofSeconds(1).toNanos();
		assertThat(this.pause.isOver()).isTrue();
		assertThat(this.pause.isOver()).isFalse();
	}

}
