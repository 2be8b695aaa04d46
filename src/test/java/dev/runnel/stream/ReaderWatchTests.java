package dev.runnel.stream;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A stream without readers is abandoned, unless the process was paused.
 */
class ReaderWatchTests {

	private final VirtualTimeScheduler timers = VirtualTimeScheduler.create();

	private final AtomicLong millis = new AtomicLong();

	private final AtomicInteger abandoned = new AtomicInteger();

	private final ReaderWatch watch = new ReaderWatch(Duration.ofSeconds(30), this.timers, this.millis::get,
			this.abandoned::incrementAndGet);

	private void pass(Duration time) {
		this.millis.addAndGet(time.toMillis());
		this.timers.advanceTimeBy(time);
	}

	private void loseReader() {
		this.watch.begun();
		this.watch.attached();
		this.watch.detached();
	}

	@Test
	void theGraceEndsWithNobodyThere() {
		loseReader();
		pass(Duration.ofSeconds(29));
		assertThat(this.abandoned).hasValue(0);
		pass(Duration.ofSeconds(1));
		assertThat(this.abandoned).hasValue(1);
	}

	@Test
	void aReaderThatWaitedWhileTheProcessStoodStillIsLetIn() {
		loseReader();
		this.millis.addAndGet(60_000);
		pass(Duration.ofSeconds(30));
		assertThat(this.abandoned).hasValue(0);
		this.watch.attached();
		pass(Duration.ofSeconds(60));
		assertThat(this.abandoned).hasValue(0);
	}

	@Test
	void withoutGraceAStreamThatNobodyReadsEndsAtOnce() {
		loseReader();
		this.watch.dropGrace();
		assertThat(this.abandoned).hasValue(1);
	}

	@Test
	void withoutGraceAStreamEndsWithItsLastReader() {
		loseReader();
		this.watch.attached();
		this.watch.attached();
		this.watch.dropGrace();
		this.watch.detached();
		assertThat(this.abandoned).hasValue(0);
		this.watch.detached();
		assertThat(this.abandoned).hasValue(1);
	}

	@Test
	void nobodyAfterwardsEndsTheGrace() {
		loseReader();
		this.millis.addAndGet(60_000);
		pass(Duration.ofSeconds(30));
		pass(Duration.ofSeconds(2));
		assertThat(this.abandoned).hasValue(1);
	}

}
