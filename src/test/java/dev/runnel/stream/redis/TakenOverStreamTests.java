package dev.runnel.stream.redis;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import dev.runnel.conversation.store.Relay;
import dev.runnel.stream.EndRequest;
import dev.runnel.stream.LogEntry;
import dev.runnel.stream.MovableTime;
import dev.runnel.stream.StreamId;
import dev.runnel.stream.StreamLog;
import dev.runnel.stream.StreamSettings.TakeOver;
import dev.runnel.stream.StreamSettings;
import dev.runnel.stream.StreamState;
import dev.runnel.stream.StreamStore;
import dev.runnel.stream.TestEvent;
import dev.runnel.stream.TestStreams;
import dev.runnel.web.TestCallers;
import dev.runnel.web.Visitor;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two servers notice that a third one is gone, and one of them goes on with its streams.
 */
@Timeout(180)
@Tag("one-jdk")
class TakenOverStreamTests {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private static final Visitor ANN = new Visitor("ann");

	private static final StreamSettings SETTINGS = new StreamSettings(Duration.ofMinutes(5), Duration.ofMinutes(10), 4,
			16, 2000, Duration.ofSeconds(20), Duration.ofMinutes(8), Duration.ofSeconds(15), TakeOver.CONTINUE);

	private final TwoNodes nodes = new TwoNodes();

	/** The logs that go on. */
	private final List<StreamLog<TestEvent>> goingOn = new CopyOnWriteArrayList<>();

	private RedisServer redis;

	private Relay toWriter;

	private RedisNode writer;

	private StreamStore<TestEvent> writing;

	private StreamStore<TestEvent> heir;

	private StreamStore<TestEvent> other;

	@BeforeEach
	void start() throws IOException {
		this.redis = RedisServer.onFreePort();
		this.toWriter = Relay.to(this.redis.port());
		this.writer = this.nodes.add(RedisServer.url(this.toWriter.port()), SETTINGS);
		this.writing = share(this.writer);
		this.heir = share(this.nodes.add(this.redis.url(), SETTINGS));
		this.other = share(this.nodes.add(this.redis.url(), SETTINGS));
	}

	private static StreamStore<TestEvent> share(RedisNode node) {
		return node.share(TestStreams.store(SETTINGS, new MovableTime()));
	}

	@AfterEach
	void end() {
		this.nodes.close();
		if (this.redis != null) {
			this.toWriter.close();
			this.redis.close();
		}
	}

	/** A stream with three events, which are in Redis. */
	private StreamLog<TestEvent> open() {
		StreamLog<TestEvent> log = TestStreams.open(this.writing, ANN);
		write(log, 1, 3);
		Awaitility.await().atMost(LIMIT).until(() -> lastId(log) == 3);
		return log;
	}

	private long lastId(StreamLog<TestEvent> log) {
		return this.other.find(ANN, id(log))
			.map((found) -> found.status().lastEventId())
			.blockOptional(LIMIT)
			.orElse(0L);
	}

	private static void write(StreamLog<TestEvent> log, int from, int to) {
		IntStream.rangeClosed(from, to).forEach((i) -> log.append(TestEvent.of(i + ";")));
	}

	private static StreamId id(StreamLog<TestEvent> log) {
		return log.status().subject().id();
	}

	private Flux<LogEntry> read(StreamStore<TestEvent> store, StreamLog<TestEvent> log, long after) {
		return store.find(ANN, id(log)).flatMapMany((found) -> found.read(after));
	}

	private static Mono<String> textOf(Flux<LogEntry> entries) {
		return entries.map(TestEvent::textOf).collectList().map((texts) -> String.join("", texts));
	}

	/** Whoever notices goes on in the same store. */
	private void letGoOn() {
		this.nodes.heir = (subject, after) -> this.heir.takeOver(TestCallers.local(ANN))
			.flatMap((place) -> place.goOn(subject, after))
			.doOnNext(this.goingOn::add)
			.hasElement();
	}

	private StreamLog<TestEvent> awaitHeir() {
		Awaitility.await().atMost(LIMIT).until(() -> !this.goingOn.isEmpty());
		return this.goingOn.get(0);
	}

	private void goOnToTheEnd() {
		StreamLog<TestEvent> log = awaitHeir();
		write(log, 4, 6);
		log.close(TestEvent.end(), StreamState.COMPLETED);
	}

	@Test
	void oneServerGoesOnAndReadersGetTheRestOfTheSameStream() {
		letGoOn();
		StreamLog<TestEvent> log = open();
		StepVerifier.create(textOf(read(this.other, log, 0)))
			.then(this.writer::close)
			.then(this::goOnToTheEnd)
			.expectNext("1;2;3;4;5;6;end")
			.expectComplete()
			.verify(LIMIT);
		assertThat(this.nodes.ended).containsExactly("1;2;3;");
		assertThat(this.nodes.takenOver).hasValue(1);
		for (StreamStore<TestEvent> store : List.of(this.heir, this.other)) {
			StepVerifier.create(textOf(read(store, log, 0)))
				.expectNext("1;2;3;4;5;6;end")
				.expectComplete()
				.verify(LIMIT);
			StepVerifier.create(textOf(read(store, log, 2))).expectNext("3;4;5;6;end").expectComplete().verify(LIMIT);
			StepVerifier.create(read(store, log, 0).map(LogEntry::id).collectList())
				.assertNext((ids) -> assertThat(ids).doesNotHaveDuplicates().isSorted())
				.expectComplete()
				.verify(LIMIT);
		}
	}

	@Test
	void itIsListedAndStoppedOnEachServer() {
		letGoOn();
		StreamLog<TestEvent> log = open();
		this.writer.close();
		StreamLog<TestEvent> goesOn = awaitHeir();
		StepVerifier.create(this.heir.list(ANN)).expectNextCount(1).expectComplete().verify(LIMIT);
		StepVerifier.create(goesOn.endRequested())
			.then(() -> StepVerifier
				.create(this.other.find(ANN, id(log)).flatMap((found) -> found.requestEnd(EndRequest.STOP)))
				.expectComplete()
				.verify(LIMIT))
			.expectNext(EndRequest.STOP)
			.expectComplete()
			.verify(LIMIT);
	}

	@Test
	void theStreamOfAServerThatLeavesGoesOnAtOnceOnAnother() throws Exception {
		letGoOn();
		RedisNode leaving = this.nodes.add(this.redis.url(), SETTINGS, Duration.ofHours(1));
		StreamStore<TestEvent> store = share(leaving);
		Awaitility.await().atMost(LIMIT).until(() -> leaving.hasHeir().block(LIMIT));
		StepVerifier.create(store.lastRequest()).expectNext(EndRequest.HAND_OVER).expectComplete().verify(LIMIT);
		StreamLog<TestEvent> log = TestStreams.open(store, ANN);
		CountDownLatch left = new CountDownLatch(1);
		StepVerifier.create(textOf(read(this.other, log, 0))).then(() -> {
			write(log, 1, 3);
			log.handOver();
			StepVerifier.create(store.handOver()).expectComplete().verify(LIMIT);
		}).then(this::goOnToTheEnd).expectNext("1;2;3;4;5;6;end").expectComplete().verify(LIMIT);
		StepVerifier.create(store.lastRequest()).expectNext(EndRequest.SHUTDOWN).expectComplete().verify(LIMIT);
		leaving.stop(left::countDown);
		assertThat(left.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
		StepVerifier.create(textOf(log.read(0))).expectNext("1;2;3;").expectComplete().verify(LIMIT);
		assertThat(this.nodes.ended).containsExactly("1;2;3;");
		assertThat(this.nodes.takenOver).hasValue(1);
	}

	@Test
	void serversThatStopTogetherDoNotGoOnWithTheStreamsOfEachOther() {
		open();
		Awaitility.await().atMost(LIMIT).until(() -> this.writer.hasHeir().block(LIMIT));
		StepVerifier.create(this.nodes.stopping()).expectComplete().verify(LIMIT);
		StepVerifier.create(this.writer.hasHeir()).expectNext(false).expectComplete().verify(LIMIT);
		this.writer.close();
		try (TwoNodes later = new TwoNodes()) {
			later.add(this.redis.url(), SETTINGS);
			Awaitility.await().atMost(LIMIT).until(() -> later.takenOver.get() == 1);
		}
		assertThat(this.nodes.takenOver).hasValue(0);
	}

	@Test
	void aStreamThatCannotGoOnEnds() {
		StreamLog<TestEvent> log = open();
		StepVerifier.create(textOf(read(this.other, log, 0)))
			.then(this.writer::close)
			.expectNext("1;2;3;end")
			.expectComplete()
			.verify(LIMIT);
		assertThat(this.nodes.takenOver).hasValue(1);
	}

	@Test
	void aServerThatWasOnlySilentLeavesItsStreamToTheOther() {
		letGoOn();
		StreamLog<TestEvent> log = open();
		List<String> texts = new ArrayList<>();
		StepVerifier.create(textOf(read(this.other, log, 0))).then(() -> {
			this.toWriter.hold();
			log.append(TestEvent.of("late;"));
			awaitHeir();
			this.toWriter.mend();
		})
			.then(() -> StepVerifier.create(log.endRequested())
				.expectNext(EndRequest.SHUTDOWN)
				.expectComplete()
				.verify(LIMIT))
			.then(this::goOnToTheEnd)
			.consumeNextWith(texts::add)
			.expectComplete()
			.verify(LIMIT);
		assertThat(texts).containsExactly("1;2;3;4;5;6;end");
	}

}
