package dev.runnel.upstream.openrouter;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Silence ends an answer, unless the process was paused.
 */
class SilenceWatchTests {

	private static final OpenRouterSettings.Timeout TIMEOUT = new OpenRouterSettings.Timeout(Duration.ofSeconds(1),
			Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(100));

	private static final Duration STEP = Duration.ofMillis(100);

	private final VirtualTimeScheduler timers = VirtualTimeScheduler.create();

	private final AtomicLong nanos = new AtomicLong();

	private final List<Failure> failures = new ArrayList<>();

	private SilenceWatch watch;

	@BeforeEach
	void waitForData() {
		this.watch = new SilenceWatch(TIMEOUT, Duration.ofSeconds(100).toNanos(), this.timers, this.nanos::get);
		this.watch.expiry().subscribe(this.failures::add);
		this.watch.enter(AnswerPhase.BETWEEN_DATA);
	}

	private void pass(Duration time) {
		for (long i = time.dividedBy(STEP); i > 0; i--) {
			this.nanos.addAndGet(STEP.toNanos());
			this.timers.advanceTimeBy(STEP);
		}
	}

	/** Lets time pass without firing any timer. */
	private void standStill(Duration time) {
		this.nanos.addAndGet(time.toNanos());
	}

	@Test
	void silenceEndsTheAnswer() {
		pass(Duration.ofSeconds(9));
		this.watch.data();
		pass(Duration.ofSeconds(9));
		assertThat(this.failures).isEmpty();
		pass(Duration.ofSeconds(1));
		assertThat(this.failures).singleElement().asString().contains("no further data after PT10S");
	}

	@Test
	void aModelMayLoadBeforeItsResponseBegins() {
		OpenRouterSettings.Timeout usual = TestModel.settings(Map.of()).timeout();
		List<Failure> failed = new ArrayList<>();
		new SilenceWatch(usual, usual.total().toNanos(), this.timers, this.nanos::get).expiry().subscribe(failed::add);
		pass(Duration.ofSeconds(119));
		assertThat(failed).isEmpty();
		pass(Duration.ofSeconds(1));
		assertThat(failed).singleElement().asString().contains("no data after PT2M");
	}

	@Test
	void dataThatCameWhileTheProcessStoodStillIsReadFirst() {
		pass(Duration.ofSeconds(5));
		standStill(Duration.ofSeconds(60));
		pass(Duration.ofSeconds(5));
		assertThat(this.failures).isEmpty();
		this.watch.data();
		pass(Duration.ofSeconds(9));
		assertThat(this.failures).isEmpty();
		pass(Duration.ofSeconds(1));
		assertThat(this.failures).hasSize(1);
	}

	@Test
	void silenceThatGoesOnAfterwardsEndsTheAnswerSoon() {
		standStill(Duration.ofSeconds(60));
		pass(Duration.ofSeconds(10));
		assertThat(this.failures).isEmpty();
		pass(Duration.ofSeconds(2));
		assertThat(this.failures).hasSize(1);
	}

	@Test
	void theTimeForTheWholeAnswerStandsStillToo() {
		standStill(Duration.ofSeconds(200));
		pass(Duration.ofSeconds(10));
		this.watch.data();
		for (int i = 0; i < 20; i++) {
			pass(Duration.ofSeconds(4));
			this.watch.data();
		}
		assertThat(this.failures).isEmpty();
		pass(Duration.ofSeconds(20));
		assertThat(this.failures).hasSize(1);
	}

}
