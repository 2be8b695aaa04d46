package dev.runnel.stream;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The contract, kept in memory, and what memory alone promises.
 */
class MemoryStreamLogTests extends StreamLogContract {

	@Override
	StreamStore<TestEvent> store(StreamSettings settings) {
		return new MemoryStreamStore<>(settings, TestFold::new, Schedulers.parallel(), Clock.systemUTC());
	}

	private static MemoryStreamLog<TestEvent> log(StreamStore<TestEvent> store) {
		return (MemoryStreamLog<TestEvent>) open(store, ANN);
	}

	@Test
	void keepsNoMoreEncodedBytesThanItsTail() {
		MemoryStreamLog<TestEvent> log = log(store());
		for (int i = 1; i <= 20_000; i++) {
			log.append(TestEvent.of(i + ";"));
			assertThat(log.keptBytes()).isLessThanOrEqualTo(MemoryStreamLog.TAIL_BYTES);
		}
	}

	@Test
	void aThousandReadersThatLeaveAtOnceLeaveNothing() {
		for (int round = 0; round < 20; round++) {
			MemoryStreamLog<TestEvent> log = log(store());
			List<Disposable> readers = IntStream.range(0, 1000).mapToObj((i) -> log.read(0).subscribe()).toList();
			write(log, 1, 3);
			assertThat(log.readers()).isEqualTo(1000);
			readers.parallelStream().forEach(Disposable::dispose);
			assertThat(log.readers()).isZero();
		}
	}

	@Test
	void aReaderThatCancelsInTheMiddleGetsNothingMore() {
		MemoryStreamLog<TestEvent> log = log(store(settings(Duration.ofSeconds(30))));
		write(log, 1, 10);
		CancelsAfter two = new CancelsAfter(2);
		log.read(0).subscribe(two);
		write(log, 11, 20);
		assertThat(two.received).isEqualTo(2);
	}

	/** Takes so many entries and leaves. */
	private static final class CancelsAfter extends BaseSubscriber<LogEntry> {

		private final int most;

		private int received;

		CancelsAfter(int most) {
			this.most = most;
		}

		@Override
		protected void hookOnSubscribe(Subscription subscription) {
			requestUnbounded();
		}

		@Override
		protected void hookOnNext(LogEntry entry) {
			if (++this.received == this.most) {
				cancel();
			}
		}

	}

}
