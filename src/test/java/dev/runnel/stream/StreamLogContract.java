package dev.runnel.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

import dev.runnel.stream.StreamSettings.TakeOver;
import dev.runnel.stream.StreamStore.StreamPlace;
import dev.runnel.web.ProblemException;
import dev.runnel.web.TestCallers;
import dev.runnel.web.Visitor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What every store of logs must do, wherever it stores them.
 */
@Timeout(30)
public abstract class StreamLogContract {

	protected static final Duration LIMIT = Duration.ofSeconds(10);

	protected static final Visitor ANN = new Visitor("ann");

	protected static final Visitor BOB = new Visitor("bob");

	/**
	 * Makes an empty store.
	 * @param settings its settings
	 * @return the empty store
	 */
	protected abstract StreamStore<TestEvent> store(StreamSettings settings);

	/**
	 * Lets time pass for the stores that were made. Their timers fire then and at no
	 * other time, so that no test depends on the speed of the machine.
	 * @param time the time that passes
	 */
	protected abstract void pass(Duration time);

	protected static StreamSettings settings(Duration grace) {
		return new StreamSettings(grace, Duration.ofMinutes(10), 4, 16, 2000, Duration.ofSeconds(20),
				Duration.ofMinutes(8), Duration.ofSeconds(15), TakeOver.INTERRUPT);
	}

	protected StreamStore<TestEvent> store() {
		return store(settings(Duration.ofSeconds(30)));
	}

	protected static StreamLog<TestEvent> open(StreamStore<TestEvent> store, Visitor owner) {
		List<StreamLog<TestEvent>> opened = new ArrayList<>();
		StreamSubject subject = new StreamSubject(StreamId.random(), owner, UUID.randomUUID(), UUID.randomUUID());
		StepVerifier.create(store.enter(TestCallers.local(subject.owner())).flatMap((place) -> place.open(subject)))
			.consumeNextWith(opened::add)
			.expectComplete()
			.verify(LIMIT);
		return opened.get(0);
	}

	protected static void write(StreamLog<TestEvent> log, int from, int to) {
		IntStream.rangeClosed(from, to).forEach((i) -> log.append(TestEvent.of(i + ";")));
	}

	protected static void close(StreamLog<TestEvent> log) {
		log.close(TestEvent.end(), StreamState.COMPLETED);
	}

	protected static Mono<String> textOf(Flux<LogEntry> entries) {
		return entries.map(TestEvent::textOf).collectList().map((texts) -> String.join("", texts));
	}

	protected static String textFrom(int from, int to) {
		return IntStream.rangeClosed(from, to).mapToObj((i) -> i + ";").reduce("", String::concat) + "end";
	}

	@Test
	void replaysAndCompletesWhenTheLogIsClosed() {
		StreamLog<TestEvent> log = open(store(), ANN);
		write(log, 1, 3);
		close(log);
		StepVerifier.create(log.read(0).map(LogEntry::id)).expectNext(1L, 2L, 3L, 4L).expectComplete().verify(LIMIT);
	}

	@Test
	void replaysOnlyWhatCameAfterTheLastSeen() {
		StreamLog<TestEvent> log = open(store(), ANN);
		write(log, 1, 5);
		close(log);
		StepVerifier.create(textOf(log.read(3))).expectNext("4;5;end").expectComplete().verify(LIMIT);
	}

	@Test
	void followsWhatIsStillToCome() {
		StreamLog<TestEvent> log = open(store(), ANN);
		StepVerifier.create(log.read(0).map(TestEvent::textOf))
			.then(() -> write(log, 1, 1))
			.expectNext("1;")
			.then(() -> write(log, 2, 2))
			.expectNext("2;")
			.then(() -> close(log))
			.expectNext("end")
			.expectComplete()
			.verify(LIMIT);
	}

	@Test
	void framesAreWholeServerSentEventsWithSpaces() {
		StreamLog<TestEvent> log = open(store(), ANN);
		write(log, 1, 1);
		StepVerifier.create(log.read(0).map((entry) -> new String(entry.frame())).take(1))
			.expectNext("id: 1\nevent: message\ndata: \"1;\"\n\n")
			.expectComplete()
			.verify(LIMIT);
	}

	@Test
	void aNumberBeyondTheEndOfAClosedLogGivesTheEnd() {
		StreamLog<TestEvent> log = open(store(), ANN);
		write(log, 1, 3);
		close(log);
		StepVerifier.create(textOf(log.read(99))).expectNext("end").expectComplete().verify(LIMIT);
		StepVerifier.create(log.read(4)).expectComplete().verify(LIMIT);
	}

	@Test
	protected void aNumberBeyondTheEndOfARunningLogFollows() {
		StreamLog<TestEvent> log = open(store(), ANN);
		write(log, 1, 3);
		StepVerifier.create(textOf(log.read(99)))
			.then(() -> write(log, 4, 4))
			.then(() -> close(log))
			.expectNext("4;end")
			.expectComplete()
			.verify(LIMIT);
	}

	@Test
	protected void everyResumptionOfALongLogSaysTheSame() {
		StreamLog<TestEvent> log = open(store(), ANN);
		write(log, 1, 2000);
		close(log);
		for (int seen = 0; seen <= 2000; seen += 37) {
			StepVerifier.create(textOf(log.read(seen)))
				.expectNext(textFrom(seen + 1, 2000))
				.expectComplete()
				.verify(LIMIT);
		}
	}

	@Test
	void aReaderWithoutDemandGetsNothingAndThenAll() {
		StreamLog<TestEvent> log = open(store(), ANN);
		List<String> texts = new ArrayList<>();
		StepVerifier.create(log.read(0).map(TestEvent::textOf).doOnNext(texts::add), 0)
			.then(() -> write(log, 1, 3000))
			.then(() -> close(log))
			.then(() -> assertThat(texts).isEmpty())
			.thenRequest(1)
			.expectNextCount(1)
			.thenRequest(Long.MAX_VALUE)
			.thenConsumeWhile((text) -> true)
			.expectComplete()
			.verify(LIMIT);
		assertThat(String.join("", texts)).isEqualTo(textFrom(1, 3000));
	}

	@Test
	void readersThatComeWhileItIsWrittenAllGetTheSame() throws InterruptedException {
		StreamLog<TestEvent> log = open(store(), ANN);
		ExecutorService writer = Executors.newSingleThreadExecutor();
		writer.execute(() -> {
			write(log, 1, 5000);
			close(log);
		});
		Flux<String> readers = Flux.range(0, 50).flatMap((i) -> textOf(log.read(0)), 50);
		StepVerifier.create(readers.distinct()).expectNext(textFrom(1, 5000)).expectComplete().verify(LIMIT);
		writer.shutdown();
		assertThat(writer.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void oneReaderThatLeavesDoesNotDisturbAnother() {
		StreamLog<TestEvent> log = open(store(), ANN);
		StepVerifier.create(textOf(log.read(0)))
			.then(() -> StepVerifier.create(log.read(0))
				.then(() -> write(log, 1, 1))
				.expectNextCount(1)
				.thenCancel()
				.verify(LIMIT))
			.then(() -> write(log, 2, 2))
			.then(() -> close(log))
			.expectNext("1;2;end")
			.expectComplete()
			.verify(LIMIT);
	}

	@Test
	void refusesWhatComesAfterTheEnd() {
		StreamLog<TestEvent> log = open(store(), ANN);
		close(log);
		assertThatIllegalStateException().isThrownBy(() -> write(log, 1, 1));
		assertThatIllegalStateException().isThrownBy(() -> close(log));
	}

	@Test
	void onlyATerminalEventCloses() {
		StreamLog<TestEvent> log = open(store(), ANN);
		assertThatIllegalArgumentException().isThrownBy(() -> log.append(TestEvent.end()));
		assertThatIllegalArgumentException().isThrownBy(() -> log.close(TestEvent.of("x"), StreamState.COMPLETED));
	}

	@Test
	void theWriterLearnsThatItShouldEnd() {
		StreamLog<TestEvent> log = open(store(), ANN);
		StepVerifier.create(log.endRequested())
			.then(() -> StepVerifier.create(log.requestEnd(EndRequest.STOP)).expectComplete().verify(LIMIT))
			.expectNext(EndRequest.STOP)
			.expectComplete()
			.verify(LIMIT);
	}

	@Test
	void aRequestToEndIsHeardLater() {
		StreamLog<TestEvent> log = open(store(), ANN);
		StepVerifier.create(log.requestEnd(EndRequest.STOP)).expectComplete().verify(LIMIT);
		StepVerifier.create(log.endRequested()).expectNext(EndRequest.STOP).expectComplete().verify(LIMIT);
	}

	@Test
	void aRequestToEndAClosedLogDoesNothing() {
		StreamLog<TestEvent> log = open(store(), ANN);
		close(log);
		StepVerifier.create(log.requestEnd(EndRequest.STOP)).expectComplete().verify(LIMIT);
		StepVerifier.create(log.endRequested()).expectComplete().verify(LIMIT);
	}

	@Test
	protected void theLastReaderThatLeavesEndsAStreamWithoutGrace() {
		StreamLog<TestEvent> log = open(store(settings(Duration.ZERO)), ANN);
		StepVerifier.create(log.read(0)).thenCancel().verify(LIMIT);
		StepVerifier.create(log.endRequested()).expectNext(EndRequest.ABANDONED).expectComplete().verify(LIMIT);
	}

	@Test
	protected void graceLetsAReaderComeBack() {
		StreamLog<TestEvent> log = open(store(settings(Duration.ofSeconds(20))), ANN);
		StepVerifier.create(log.read(0)).thenCancel().verify(LIMIT);
		pass(Duration.ofSeconds(19));
		StepVerifier.create(textOf(log.read(0)).takeUntilOther(log.endRequested()))
			.then(() -> pass(Duration.ofMinutes(1)))
			.then(() -> close(log))
			.expectNext("end")
			.expectComplete()
			.verify(LIMIT);
	}

	private static boolean isAskedToEnd(StreamLog<TestEvent> log) {
		AtomicBoolean asked = new AtomicBoolean();
		log.endRequested().subscribe((request) -> asked.set(true), (ex) -> asked.set(true)).dispose();
		return asked.get();
	}

	@Test
	void graceEndsWithNobodyThere() {
		StreamLog<TestEvent> log = open(store(settings(Duration.ofSeconds(20))), ANN);
		StepVerifier.create(log.read(0)).thenCancel().verify(LIMIT);
		pass(Duration.ofSeconds(19));
		assertThat(isAskedToEnd(log)).isFalse();
		pass(Duration.ofSeconds(2));
		StepVerifier.create(log.endRequested()).expectNext(EndRequest.ABANDONED).expectComplete().verify(LIMIT);
	}

	@Test
	void statusTellsHowItStands() {
		StreamLog<TestEvent> log = open(store(), ANN);
		write(log, 1, 3);
		assertThat(log.status().state()).isEqualTo(StreamState.RUNNING);
		assertThat(log.status().lastEventId()).isEqualTo(3);
		log.close(TestEvent.end(), StreamState.STOPPED);
		assertThat(log.status().state()).isEqualTo(StreamState.STOPPED);
		assertThat(log.status().lastEventId()).isEqualTo(4);
	}

	@Test
	void findsOnlyWhatBelongsToTheVisitor() {
		StreamStore<TestEvent> store = store();
		StreamId id = open(store, ANN).status().subject().id();
		StepVerifier.create(store.find(ANN, id)).expectNextCount(1).expectComplete().verify(LIMIT);
		StepVerifier.create(store.find(BOB, id)).expectComplete().verify(LIMIT);
		StepVerifier.create(store.find(ANN, StreamId.random())).expectComplete().verify(LIMIT);
		StepVerifier.create(store.list(BOB)).expectComplete().verify(LIMIT);
	}

	@Test
	void listsRunningAndEndedStreams() {
		StreamStore<TestEvent> store = store();
		close(open(store, ANN));
		open(store, ANN);
		StepVerifier.create(store.list(ANN).map(StreamStatus::state).collectList())
			.assertNext((states) -> assertThat(states).containsExactlyInAnyOrder(StreamState.RUNNING,
					StreamState.COMPLETED))
			.expectComplete()
			.verify(LIMIT);
	}

	@Test
	void aVisitorRunsNoMoreThanMayAndRoomComesBack() {
		StreamStore<TestEvent> store = store();
		List<StreamLog<TestEvent>> running = IntStream.range(0, 4).mapToObj((i) -> open(store, ANN)).toList();
		StepVerifier.create(store.enter(TestCallers.local(ANN)))
			.expectErrorSatisfies(StreamLogContract::isRateLimited)
			.verify(LIMIT);
		StepVerifier.create(store.enter(TestCallers.local(BOB))).expectNextCount(1).expectComplete().verify(LIMIT);
		close(running.get(0));
		for (int i = 0; i < 2; i++) {
			StepVerifier.create(store.enter(TestCallers.local(ANN)).doOnNext(StreamPlace::leave))
				.expectNextCount(1)
				.expectComplete()
				.verify(LIMIT);
		}
	}

	private static void isRateLimited(Throwable ex) {
		assertThat(ex).isInstanceOfSatisfying(ProblemException.class,
				(problem) -> assertThat(problem.code()).isEqualTo("rate_limited"));
	}

	@Test
	protected void forgetsAnEndedStreamAfterItsRetention() {
		StreamStore<TestEvent> store = store();
		StreamLog<TestEvent> log = open(store, ANN);
		close(log);
		Mono<Boolean> found = store.find(ANN, log.status().subject().id()).hasElement();
		pass(Duration.ofMinutes(9));
		StepVerifier.create(found).expectNext(true).expectComplete().verify(LIMIT);
		pass(Duration.ofMinutes(3));
		StepVerifier.create(found).expectNext(false).expectComplete().verify(LIMIT);
	}

	@Test
	void asksASilentWriterToEnd() {
		StreamLog<TestEvent> log = open(store(settings(Duration.ofHours(1))), ANN);
		pass(Duration.ofMinutes(7));
		assertThat(isAskedToEnd(log)).isFalse();
		write(log, 1, 1);
		pass(Duration.ofMinutes(7));
		assertThat(isAskedToEnd(log)).isFalse();
		pass(Duration.ofMinutes(2));
		StepVerifier.create(log.endRequested()).expectNext(EndRequest.SILENT).expectComplete().verify(LIMIT);
	}

}
