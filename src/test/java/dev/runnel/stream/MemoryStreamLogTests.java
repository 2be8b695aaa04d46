package dev.runnel.stream;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import dev.runnel.memory.MemoryAccount;
import dev.runnel.memory.MemoryReservation;
import dev.runnel.memory.MemoryUse;
import dev.runnel.stream.StreamSettings.TakeOver;
import dev.runnel.stream.StreamStore.StreamPlace;
import dev.runnel.web.ProblemException;
import dev.runnel.web.TestCallers;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import org.springframework.http.HttpStatus;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * The contract for the log in memory, and the promises that only this log makes.
 */
class MemoryStreamLogTests extends StreamLogContract {

	private static final MemoryAccount MEMORY = MemoryAccount.of(DataSize.ofMegabytes(100));

	private final MovableTime time = new MovableTime();

	@Override
	protected StreamStore<TestEvent> store(StreamSettings settings) {
		return new MemoryStreamStore<>(settings, TestFold::new, this.time, this.time.clock(), MEMORY);
	}

	@Override
	protected void pass(Duration time) {
		this.time.pass(time);
	}

	private static MemoryStreamLog<TestEvent> log(StreamStore<TestEvent> store) {
		return (MemoryStreamLog<TestEvent>) open(store, ANN);
	}

	@Test
	void keepsNoMoreEncodedBytesThanItsTail() {
		MemoryStreamLog<TestEvent> log = log(store());
		for (int i = 1; i <= 20_000; i++) {
			log.append(TestEvent.of(i + ";"));
			assertThat(log.keptBytes()).isLessThanOrEqualTo(LogTail.MAX_BYTES);
		}
	}

	@Test
	void aLogThatGoesOnNumbersItsEventsBehindThoseOfTheOther() {
		StreamSubject subject = new StreamSubject(StreamId.random(), ANN, UUID.randomUUID(), UUID.randomUUID());
		StepVerifier.create(store().takeOver(TestCallers.local(ANN))
			.flatMap((place) -> place.goOn(subject, 1000))
			.flatMapMany((log) -> {
				assertThat(log.beginsAfter()).isEqualTo(1000);
				assertThat(log.status().lastEventId()).isEqualTo(1000);
				write(log, 1, 2);
				close(log);
				return log.copy(1000).map((entry) -> entry.id() + TestEvent.textOf(entry));
			})).expectNext("10011;", "10022;", "1003end").expectComplete().verify(LIMIT);
	}

	@Test
	void aLogThatIsHandedOverSendsItsReadersAway() {
		StreamStore<TestEvent> store = TestStreams.store(TestFold::new, 1);
		StreamLog<TestEvent> log = open(store, ANN);
		write(log, 1, 2);
		StepVerifier.create(textOf(log.read(0))).then(log::handOver).expectNext("1;2;").expectComplete().verify(LIMIT);
		StepVerifier.create(log.read(2)).expectComplete().verify(LIMIT);
		StepVerifier.create(log.read(9)).expectComplete().verify(LIMIT);
		StepVerifier.create(store.running()).expectComplete().verify(LIMIT);
		assertThatIllegalStateException().isThrownBy(() -> close(log));
		StepVerifier.create(store.enter(TestCallers.local(ANN))).expectNextCount(1).expectComplete().verify(LIMIT);
	}

	@Test
	void noLimitRefusesAStreamThatGoesOn() {
		StreamStore<TestEvent> store = TestStreams.store(TestFold::new, 1);
		StepVerifier.create(store.enter(TestCallers.local(ANN))).expectNextCount(1).expectComplete().verify(LIMIT);
		StepVerifier.create(store.takeOver(TestCallers.local(ANN))).expectNextCount(1).expectComplete().verify(LIMIT);
		StepVerifier.create(store.enter(TestCallers.local(ANN))).expectError(ProblemException.class).verify(LIMIT);
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
				Schedulers.parallel(), Clock.systemUTC(), MEMORY);
		StreamLog<TestEvent> log = open(store, ANN);
		write(log, 1, 2000);
		ExecutorService reader = Executors.newSingleThreadExecutor();
		Future<String> text = reader.submit(() -> textOf(log.read(0)).toFuture().get(20, TimeUnit.SECONDS));
		assertThat(fold.encoding.await(10, TimeUnit.SECONDS)).isTrue();
		CompletableFuture<Void> written = CompletableFuture.runAsync(() -> {
			write(log, 2001, 2500);
			close(log);
		});
		assertThat(written).succeedsWithin(Duration.ofSeconds(20));
		fold.goOn.countDown();
		assertThat(text).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(textFrom(1, 2500));
		reader.shutdown();
	}

	@Test
	void aReplayThatCannotBeEncodedEndsItsReaderAndNobodyElse() {
		assertEndsItsReaderOnly(() -> {
			throw new IllegalArgumentException("cannot be encoded");
		});
	}

	@Test
	void anErrorOfTheVirtualMachineEndsItsReaderAndNobodyElse() {
		assertEndsItsReaderOnly(() -> {
			throw new StackOverflowError();
		});
	}

	private static void assertEndsItsReaderOnly(Runnable failure) {
		StreamStore<TestEvent> store = new MemoryStreamStore<>(settings(Duration.ofSeconds(30)),
				() -> new BrokenFold(failure), Schedulers.parallel(), Clock.systemUTC(), MEMORY);
		StreamLog<TestEvent> log = open(store, ANN);
		StepVerifier.create(textOf(log.read(0)))
			.then(() -> write(log, 1, 2000))
			.then(() -> StepVerifier.create(log.read(0)).expectError(RuntimeException.class).verify(LIMIT))
			.then(() -> close(log))
			.expectNext(textFrom(1, 2000))
			.expectComplete()
			.verify(LIMIT);
	}

	private static StreamStore<TestEvent> store(MemoryAccount memory) {
		return new MemoryStreamStore<>(settings(Duration.ofSeconds(30)), TestFold::new, Schedulers.parallel(),
				Clock.systemUTC(), memory);
	}

	private static void writeKilobytes(StreamLog<TestEvent> log, int kilobytes) {
		IntStream.range(0, kilobytes).forEach((i) -> log.append(TestEvent.of("x".repeat(1024))));
	}

	@Test
	void aStreamForWhichThereIsNoMemoryIsAskedToEnd() {
		StreamLog<TestEvent> log = open(store(MemoryAccount.of(DataSize.ofMegabytes(4))), ANN);
		writeKilobytes(log, 900);
		assertThat(log.hasRoom()).isTrue();
		writeKilobytes(log, 200);
		assertThat(log.hasRoom()).isFalse();
		StepVerifier.create(log.endRequested())
			.expectSubscription()
			.expectNoEvent(Duration.ofMillis(200))
			.then(() -> StepVerifier.create(log.awaitRoom()).expectComplete().verify(LIMIT))
			.expectNext(EndRequest.NO_MEMORY)
			.expectComplete()
			.verify(LIMIT);
	}

	@Test
	void theYoungestStreamGivesWayAndTheOthersWaitForItsMemory() {
		StreamStore<TestEvent> store = store(MemoryAccount.of(DataSize.ofMegabytes(4)));
		StreamLog<TestEvent> old = open(store, ANN);
		Awaitility.await().until(() -> Instant.now().isAfter(old.status().startedAt().plusMillis(1)));
		List<StreamPlace<TestEvent>> places = new ArrayList<>();
		StreamLog<TestEvent> young = openIn(store, places);
		writeKilobytes(young, 400);
		writeKilobytes(old, 700);
		assertThat(old.hasRoom()).isFalse();
		StepVerifier.create(old.awaitRoom())
			.then(() -> StepVerifier.create(young.endRequested())
				.expectNext(EndRequest.NO_MEMORY)
				.expectComplete()
				.verify(LIMIT))
			.expectNoEvent(Duration.ofMillis(200))
			.then(() -> close(young))
			.then(() -> places.forEach(StreamPlace::leave))
			.expectComplete()
			.verify(LIMIT);
		assertThat(old.hasRoom()).isTrue();
		StepVerifier.create(old.endRequested().timeout(Duration.ofMillis(50), Mono.empty()))
			.expectComplete()
			.verify(LIMIT);
	}

	private static StreamLog<TestEvent> openIn(StreamStore<TestEvent> store, List<StreamPlace<TestEvent>> places) {
		StreamSubject subject = new StreamSubject(StreamId.random(), BOB, UUID.randomUUID(), UUID.randomUUID());
		List<StreamLog<TestEvent>> opened = new ArrayList<>();
		StepVerifier
			.create(store.enter(TestCallers.local(BOB)).doOnNext(places::add).flatMap((place) -> place.open(subject)))
			.consumeNextWith(opened::add)
			.expectComplete()
			.verify(LIMIT);
		return opened.get(0);
	}

	@Test
	void endedStreamsGoWhereAnotherNeedsTheirMemory() {
		StreamStore<TestEvent> store = store(MemoryAccount.of(DataSize.ofMegabytes(4)));
		List<StreamLog<TestEvent>> ended = IntStream.range(0, 5).mapToObj((i) -> ended(store, 500)).toList();
		StreamLog<TestEvent> running = open(store, BOB);
		writeKilobytes(running, 600);
		StepVerifier.create(store.list(ANN).map((status) -> status.subject().id()).collectList())
			.assertNext((kept) -> assertThat(kept).isNotEmpty()
				.hasSizeLessThan(5)
				.contains(ended.get(4).status().subject().id())
				.doesNotContain(ended.get(0).status().subject().id()))
			.expectComplete()
			.verify(LIMIT);
		StepVerifier.create(running.endRequested().timeout(Duration.ofMillis(50), Mono.empty()))
			.expectComplete()
			.verify(LIMIT);
	}

	@Test
	void anEndedStreamKeepsItsMemoryWhileItIsRead() {
		MemoryAccount memory = MemoryAccount.of(DataSize.ofMegabytes(4));
		StreamStore<TestEvent> store = store(memory);
		StreamLog<TestEvent> read = ended(store, 500);
		Disposable slow = read.read(0).subscribeWith(new CancelsAfter(0));
		ended(store, 500);
		MemoryReservation other = memory.count(MemoryUse.IMPORTS, 0);
		assertThat(other.tryGrow(memory.max() - 600 * 1024)).isTrue();
		assertThat(memory.used()).as("the other one has gone").isBetween(memory.max() - 150 * 1024, memory.max());
		assertThat(other.tryGrow(500 * 1024)).isFalse();
		slow.dispose();
		assertThat(other.tryGrow(500 * 1024)).isTrue();
	}

	@Test
	void aForgottenStreamKeepsItsMemoryUntilItsLastReaderLeaves() {
		MemoryAccount memory = MemoryAccount.of(DataSize.ofMegabytes(4));
		StreamStore<TestEvent> store = new MemoryStreamStore<>(
				new StreamSettings(Duration.ofSeconds(30), Duration.ofMinutes(10), 1, 1, 1, Duration.ofSeconds(20),
						Duration.ofMinutes(8), Duration.ofSeconds(15), TakeOver.INTERRUPT),
				TestFold::new, Schedulers.parallel(), Clock.systemUTC(), memory);
		Disposable slow = ended(store, 500).read(0).subscribeWith(new CancelsAfter(0));
		ended(store, 100);
		assertThat(memory.used()).isGreaterThan(600 * 1024);
		slow.dispose();
		assertThat(memory.used()).isLessThan(200 * 1024);
	}

	private static StreamLog<TestEvent> ended(StreamStore<TestEvent> store, int kilobytes) {
		StreamSubject subject = new StreamSubject(StreamId.random(), ANN, UUID.randomUUID(), UUID.randomUUID());
		List<StreamLog<TestEvent>> opened = new ArrayList<>();
		StepVerifier
			.create(store.enter(TestCallers.local(ANN)).flatMap((place) -> place.open(subject).doOnNext((log) -> {
				writeKilobytes(log, kilobytes);
				close(log);
				place.leave();
			})))
			.consumeNextWith(opened::add)
			.expectComplete()
			.verify(LIMIT);
		return opened.get(0);
	}

	@Test
	void noStreamBeginsWithoutMemoryAndNoPlaceIsLost() {
		MemoryAccount memory = MemoryAccount.of(DataSize.ofMegabytes(4));
		StreamStore<TestEvent> store = store(memory);
		MemoryReservation others = memory.count(MemoryUse.IMPORTS, memory.max());
		for (int i = 0; i < 10; i++) {
			StepVerifier.create(store.enter(TestCallers.local(ANN)))
				.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOfSatisfying(ProblemException.class,
						(problem) -> assertThat(problem.getStatusCode()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE)))
				.verify(LIMIT);
		}
		others.close();
		ended(store, 100);
		assertThat(memory.used()).isBetween(100L * 1024, 120L * 1024);
		StepVerifier.create(store.enter(TestCallers.local(ANN)).doOnNext(StreamPlace::leave))
			.expectNextCount(1)
			.expectComplete()
			.verify(LIMIT);
		assertThat(memory.used()).isLessThan(120L * 1024);
	}

	/** A fold whose first merged event is encoded only when the test allows it. */
	private static final class HeldUpFold implements EventFold<TestEvent> {

		private final TestFold fold = new TestFold();

		private final CountDownLatch encoding = new CountDownLatch(1);

		private final CountDownLatch goOn = new CountDownLatch(1);

		@Override
		public void add(long id, TestEvent event) {
			this.fold.add(id, event);
		}

		@Override
		public long heapBytes() {
			return 0;
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
	private record BrokenFold(Runnable failure) implements EventFold<TestEvent> {

		@Override
		public void add(long id, TestEvent event) {
		}

		@Override
		public long heapBytes() {
			return 0;
		}

		@Override
		public Merged<TestEvent> next(long after) {
			return new Merged<>(after + 1, new TestEvent("", false, () -> {
				this.failure.run();
				throw new AssertionError("the failure did not come");
			}));
		}

	}

	/** Takes a number of entries and cancels. */
	private static final class CancelsAfter extends BaseSubscriber<LogEntry> {

		private final int most;

		private int received;

		CancelsAfter(int most) {
			this.most = most;
		}

		@Override
		protected void hookOnSubscribe(Subscription subscription) {
			if (this.most > 0) {
				requestUnbounded();
			}
		}

		@Override
		protected void hookOnNext(LogEntry entry) {
			if (++this.received == this.most) {
				cancel();
			}
		}

	}

}
