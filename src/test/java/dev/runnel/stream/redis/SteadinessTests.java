package dev.runnel.stream.redis;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When a server may judge that others are gone.
 */
class SteadinessTests {

	private static final Duration BEAT = Duration.ofMillis(500);

	private long nanos = Long.MAX_VALUE - Duration.ofSeconds(3).toNanos();

	private final Steadiness steadiness = new Steadiness(BEAT.multipliedBy(4), () -> this.nanos);

	private void beat(int times) {
		for (int i = 0; i < times; i++) {
			this.nanos += BEAT.toNanos();
			this.steadiness.beaten(false);
		}
	}

	@Test
	void aServerThatHasJustBegunDoesNotJudge() {
		beat(7);
		assertThat(this.steadiness.mayJudge()).isFalse();
		beat(1);
		assertThat(this.steadiness.mayJudge()).isTrue();
	}

	@Test
	void afterAPauseItDoesNotJudgeBeforeItsNextSignOfLife() {
		beat(8);
		this.nanos += BEAT.multipliedBy(5).toNanos();
		assertThat(this.steadiness.mayJudge()).isFalse();
	}

	@Test
	void afterAPauseItDoesNotJudgeAtItsNextSignOfLifeEither() {
		beat(8);
		this.nanos += BEAT.multipliedBy(5).toNanos();
		beat(8);
		assertThat(this.steadiness.mayJudge()).isFalse();
		beat(1);
		assertThat(this.steadiness.mayJudge()).isTrue();
	}

	@Test
	void afterAFailureItDoesNotJudge() {
		beat(8);
		this.steadiness.failed();
		beat(7);
		assertThat(this.steadiness.mayJudge()).isFalse();
	}

	@Test
	void aServerThatRedisDidNotKnowDoesNotJudge() {
		beat(8);
		this.steadiness.beaten(true);
		assertThat(this.steadiness.mayJudge()).isFalse();
	}

}
