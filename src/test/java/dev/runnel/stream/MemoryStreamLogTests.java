package dev.runnel.stream;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

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

	@Test
	void theWriterGoesOnWhileALateReadersReplayIsEncoded() throws InterruptedException {
		HeldUpFold fold = new HeldUpFold();
		StreamStore<TestEvent> store = new MemoryStreamStore<>(settings(Duration.ofSeconds(30)), () -> fold,
				Schedulers.parallel(), Clock.systemUTC());
		StreamLog<TestEvent> log = open(store, ANN);
		write(log, 1, 2000);
		ExecutorService reader = Executors.newSingleThreadExecutor();
		Future<String> text = reader.submit(() -> textOf(log.read(0)).toFuture().get(20, TimeUnit.SECONDS));
		assertThat(fold.encoding.await(10, TimeUnit.SECONDS)).isTrue();
		CompletableFuture<Void> written = CompletableFuture.runAsync(() -> {
			write(log, 2001, 2500);
			close(log);
		});
		assertThat(written).succeedsWithin(Duration.ofSeconds(5));
		fold.goOn.countDown();
		assertThat(text).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(textFrom(1, 2500));
		reader.shutdown();
	}

	@Test
	void aReplayThatCannotBeEncodedEndsItsReaderAndNobodyElse() {
		StreamStore<TestEvent> store = new MemoryStreamStore<>(settings(Duration.ofSeconds(30)), BrokenFold::new,
				Schedulers.parallel(), Clock.systemUTC());
		StreamLog<TestEvent> log = open(store, ANN);
		StepVerifier.create(textOf(log.read(0)))
			.then(() -> write(log, 1, 2000))
			.then(() -> StepVerifier.create(log.read(0)).expectError(IllegalStateException.class).verify(LIMIT))
			.then(() -> close(log))
			.expectNext(textFrom(1, 2000))
			.expectComplete()
			.verify(LIMIT);
	}

	/** A fold whose first merged event is encoded when the test says so. */
	private static final class HeldUpFold implements EventFold<TestEvent> {

		private final TestFold fold = new TestFold();

		private final CountDownLatch encoding = new CountDownLatch(1);

		private final CountDownLatch goOn = new CountDownLatch(1);

		@Override
		public void add(long id, TestEvent event) {
			this.fold.add(id, event);
		}

		@Override
		public Merged<TestEvent> next(long after) {
			Merged<TestEvent> merged = this.fold.next(after);
			return new Merged<>(merged.lastId(), new TestEvent(merged.event().text(), false, this::await));
		}

		private void await() {
			this.encoding.countDown();
			try {
				assertThat(this.goOn.await(20, TimeUnit.SECONDS)).isTrue();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

	/** A fold whose merged events cannot be encoded. */
	private static final class BrokenFold implements EventFold<TestEvent> {

		@Override
		public void add(long id, TestEvent event) {
		}

		@Override
		public Merged<TestEvent> next(long after) {
			return new Merged<>(after + 1, new TestEvent("", false, () -> {
				throw new IllegalStateException("cannot be encoded");
			}));
		}

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
