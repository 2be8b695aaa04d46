package dev.runnel.stream;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

import dev.runnel.memory.MemoryAccount;
import dev.runnel.stream.StreamSettings.TakeOver;
import dev.runnel.web.TestCallers;
import dev.runnel.web.Visitor;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import org.springframework.util.unit.DataSize;

/**
 * Creates stores for tests that write streams.
 */
public final class TestStreams {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private TestStreams() {
	}

	/**
	 * A store in memory whose time the test moves.
	 * @param settings its settings
	 * @param time its time
	 * @return an empty store
	 */
	public static StreamStore<TestEvent> store(StreamSettings settings, MovableTime time) {
		return new MemoryStreamStore<>(settings, TestFold::new, time, time.clock(),
				MemoryAccount.of(DataSize.ofMegabytes(100)));
	}

	/**
	 * Opens a stream of a visitor.
	 * @param store the store that has it
	 * @param visitor the visitor
	 * @return its log
	 */
	public static StreamLog<TestEvent> open(StreamStore<TestEvent> store, Visitor visitor) {
		StreamSubject subject = new StreamSubject(StreamId.random(), visitor, UUID.randomUUID(), UUID.randomUUID());
		List<StreamLog<TestEvent>> opened = new ArrayList<>();
		StepVerifier.create(store.enter(TestCallers.local(visitor)).flatMap((place) -> place.open(subject)))
			.consumeNextWith(opened::add)
			.expectComplete()
			.verify(LIMIT);
		return opened.get(0);
	}

	/** A store in memory with settings that do not matter. */
	public static <E extends StreamEvent> StreamStore<E> store(Supplier<EventFold<E>> folds) {
		return store(folds, 100);
	}

	/** A store with a limit on the running streams of a visitor. */
	public static <E extends StreamEvent> StreamStore<E> store(Supplier<EventFold<E>> folds, int maxPerVisitor) {
		StreamSettings settings = new StreamSettings(Duration.ofMinutes(1), Duration.ofMinutes(1), maxPerVisitor, 100,
				100, Duration.ZERO, Duration.ofMinutes(8), Duration.ofSeconds(15), TakeOver.INTERRUPT);
		return new MemoryStreamStore<>(settings, folds, Schedulers.parallel(), Clock.systemUTC(),
				MemoryAccount.of(DataSize.ofMegabytes(100)));
	}

}
