package dev.runnel.stream;

import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;

import reactor.core.scheduler.Schedulers;

/**
 * Makes stores for the tests of those who write streams.
 */
public final class TestStreams {

	private TestStreams() {
	}

	/** A store in memory with settings that do not matter. */
	public static <E extends StreamEvent> StreamStore<E> store(Supplier<EventFold<E>> folds) {
		StreamSettings settings = new StreamSettings(Duration.ofMinutes(1), Duration.ofMinutes(1), 100, 100,
				Duration.ZERO, Duration.ofMinutes(8), Duration.ofSeconds(15));
		return new MemoryStreamStore<>(settings, folds, Schedulers.parallel(), Clock.systemUTC());
	}

}
