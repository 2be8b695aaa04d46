package dev.runnel.stream.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import dev.runnel.stream.EndRequest;
import dev.runnel.stream.LogEntry;
import dev.runnel.stream.MovableTime;
import dev.runnel.stream.StreamId;
import dev.runnel.stream.StreamLog;
import dev.runnel.stream.StreamSettings.TakeOver;
import dev.runnel.stream.StreamSettings;
import dev.runnel.stream.StreamState;
import dev.runnel.stream.StreamStatus;
import dev.runnel.stream.StreamStore.StreamPlace;
import dev.runnel.stream.StreamStore;
import dev.runnel.stream.StreamSubject;
import dev.runnel.stream.TestEvent;
import dev.runnel.stream.TestStreams;
import dev.runnel.web.ProblemException;
import dev.runnel.web.TestCallers;
import dev.runnel.web.Visitor;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.XAddArgs;
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
import static org.assertj.core.api.Assertions.tuple;

/**
 * A server reads, stops, lists and ends the streams of another one.
 */
@Timeout(180)
@Tag("one-jdk")
class TwoNodesTests {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private static final Visitor ANN = new Visitor("ann");

	private static final Visitor BOB = new Visitor("bob");

	private static final StreamSettings SETTINGS = new StreamSettings(Duration.ofSeconds(20), Duration.ofMinutes(10), 4,
			16, 2000, Duration.ofSeconds(20), Duration.ofMinutes(8), Duration.ofSeconds(15), TakeOver.INTERRUPT);

	private final TwoNodes nodes = new TwoNodes();

	private final MovableTime time = new MovableTime();

	private RedisServer redis;

	private RedisNode first;

	private RedisNode second;

	private StreamStore<TestEvent> writing;

	private StreamStore<TestEvent> reading;

	@BeforeEach
	void start() throws IOException {
		this.redis = RedisServer.onFreePort();
		this.first = this.nodes.add(this.redis.url(), SETTINGS);
		this.writing = this.first.share(TestStreams.store(SETTINGS, this.time));
		this.second = this.nodes.add(this.redis.url(), SETTINGS);
		this.reading = this.second.share(TestStreams.store(SETTINGS, this.time));
	}

	@AfterEach
	void end() {
		this.nodes.close();
		if (this.redis != null) {
			this.redis.close();
		}
	}

	private StreamLog<TestEvent> open() {
		return TestStreams.open(this.writing, ANN);
	}

	private static void write(StreamLog<TestEvent> log, int from, int to) {
		IntStream.rangeClosed(from, to).forEach((i) -> log.append(TestEvent.of(i + ";")));
	}

	private static void close(StreamLog<TestEvent> log) {
		log.close(TestEvent.end(), StreamState.COMPLETED);
	}

	private static String text(int from, int to) {
		return IntStream.rangeClosed(from, to).mapToObj((i) -> i + ";").reduce("", String::concat);
	}

	private static StreamId id(StreamLog<TestEvent> log) {
		return log.status().subject().id();
	}

	private Mono<StreamLog<TestEvent>> found(StreamLog<TestEvent> log) {
		return this.reading.find(ANN, id(log));
	}

	private Flux<LogEntry> read(StreamLog<TestEvent> log, long after) {
		return found(log).flatMapMany((remote) -> remote.read(after));
	}

	private Mono<String> textOf(Flux<LogEntry> entries) {
		return entries.map(TestEvent::textOf).collectList().map((texts) -> String.join("", texts));
	}

	private void awaitCopied(StreamLog<TestEvent> log) {
		Awaitility.await().atMost(LIMIT).until(() -> lastIdElsewhere(log) == log.status().lastEventId());
	}

	private long lastIdElsewhere(StreamLog<TestEvent> log) {
		return found(log).map((remote) -> remote.status().lastEventId()).blockOptional(LIMIT).orElse(0L);
	}

	@Test
	void anotherServerFollowsToTheEnd() {
		StreamLog<TestEvent> log = open();
		write(log, 1, 3);
		StepVerifier.create(textOf(read(log, 0)))
			.then(() -> write(log, 4, 6))
			.then(() -> close(log))
			.expectNext(text(1, 6) + "end")
			.expectComplete()
			.verify(LIMIT);
	}

	@Test
	void framesAreTheSameOnBothServers() {
		StreamLog<TestEvent> log = open();
		write(log, 1, 3);
		awaitCopied(log);
		StepVerifier.create(read(log, 2).map((entry) -> new String(entry.frame())).take(1))
			.expectNext("id: 3\nevent: message\ndata: \"3;\"\n\n")
			.expectComplete()
			.verify(LIMIT);
	}

	@Test
	void anEndedStreamIsReplayedFromEachPosition() {
		StreamLog<TestEvent> log = open();
		for (int i = 0; i < 40; i++) {
			write(log, i * 10 + 1, i * 10 + 10);
			awaitCopied(log);
		}
		close(log);
		awaitCopied(log);
		for (int seen = 0; seen <= 400; seen += 7) {
			StepVerifier.create(textOf(read(log, seen)))
				.expectNext(text(seen + 1, 400) + "end")
				.expectComplete()
				.verify(LIMIT);
		}
		StepVerifier.create(textOf(read(log, 999))).expectNext("end").expectComplete().verify(LIMIT);
		StepVerifier.create(textOf(read(log, Long.MAX_VALUE))).expectNext("end").expectComplete().verify(LIMIT);
		StepVerifier.create(read(log, 401)).expectComplete().verify(LIMIT);
	}

	@Test
	void readersThatLeaveAndComeBackAtRandomMissNothing() {
		StreamLog<TestEvent> log = open();
		Random random = new Random(18);
		StringBuilder seen = new StringBuilder();
		long[] position = new long[1];
		int written = 0;
		for (int cut = 0; cut < 200; cut++) {
			int more = 1 + random.nextInt(5);
			write(log, written + 1, written + more);
			written += more;
			int take = 1 + random.nextInt(Math.toIntExact(written - position[0]));
			StepVerifier.create(read(log, position[0]).take(take).doOnNext((entry) -> {
				seen.append(TestEvent.textOf(entry));
				position[0] = entry.id();
			})).expectNextCount(take).expectComplete().verify(LIMIT);
		}
		assertThat(seen).hasToString(text(1, Math.toIntExact(position[0])));
		close(log);
		StepVerifier.create(textOf(read(log, position[0])))
			.expectNext(text(Math.toIntExact(position[0]) + 1, written) + "end")
			.expectComplete()
			.verify(LIMIT);
	}

	@Test
	void aLongLogIsFoldedInRedisAndSaysTheSame() throws Exception {
		StreamLog<TestEvent> log = open();
		StringBuilder written = new StringBuilder();
		for (int i = 1; i <= 500; i++) {
			String text = i + ":" + "x".repeat(4000) + ";";
			log.append(TestEvent.of(text));
			written.append(text);
			if (i % 10 == 0) {
				awaitCopied(log);
			}
		}
		try (RedisLink link = RedisLink.open(this.redis.url())) {
			Awaitility.await().atMost(LIMIT).until(() -> oldest(link, id(log)).after() > 100);
		}
		StepVerifier.create(textOf(read(log, 0)))
			.then(() -> close(log))
			.expectNext(written + "end")
			.expectComplete()
			.verify(LIMIT);
	}

	private static Batch oldest(RedisLink link, StreamId id) throws Exception {
		return Batch.of(link.commands()
			.xrange(Keys.log(id), Range.unbounded(), Limit.from(1))
			.get(LIMIT.toSeconds(), TimeUnit.SECONDS)
			.get(0)
			.getBody());
	}

	@Test
	void aRequestToEndReachesTheServerThatWrites() {
		StreamLog<TestEvent> log = open();
		StepVerifier.create(log.endRequested())
			.then(() -> StepVerifier.create(found(log).flatMap((remote) -> remote.requestEnd(EndRequest.STOP)))
				.expectComplete()
				.verify(LIMIT))
			.expectNext(EndRequest.STOP)
			.expectComplete()
			.verify(LIMIT);
	}

	@Test
	void bothServersListTheStreamsOfTheVisitor() {
		StreamLog<TestEvent> running = open();
		StreamLog<TestEvent> ended = open();
		close(ended);
		awaitCopied(ended);
		StepVerifier.create(this.reading.list(ANN).collectList())
			.assertNext((list) -> assertThat(list).extracting((status) -> status.subject().id(), StreamStatus::state)
				.containsExactlyInAnyOrder(tuple(id(running), StreamState.RUNNING),
						tuple(id(ended), StreamState.COMPLETED)))
			.expectComplete()
			.verify(LIMIT);
		StepVerifier.create(this.reading.list(BOB)).expectComplete().verify(LIMIT);
		StepVerifier.create(this.reading.find(BOB, id(running))).expectComplete().verify(LIMIT);
	}

	@Test
	void theLimitsCountTheStreamsOfBothServers() {
		List<StreamLog<TestEvent>> running = IntStream.range(0, 4).mapToObj((i) -> open()).toList();
		StepVerifier.create(this.reading.enter(TestCallers.local(ANN)))
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOfSatisfying(ProblemException.class,
					(problem) -> assertThat(problem.code()).isEqualTo("rate_limited")))
			.verify(LIMIT);
		StepVerifier.create(this.reading.enter(TestCallers.local(BOB)))
			.expectNextCount(1)
			.expectComplete()
			.verify(LIMIT);
		close(running.get(0));
		Awaitility.await().atMost(LIMIT).ignoreExceptions().until(() -> {
			StreamPlace<TestEvent> place = this.reading.enter(TestCallers.local(ANN)).block(LIMIT);
			return place != null;
		});
	}

	@Test
	void aReaderOnAnotherServerKeepsTheStreamGoing() {
		StreamLog<TestEvent> log = open();
		write(log, 1, 1);
		StepVerifier.create(textOf(read(log, 0)))
			.then(() -> Awaitility.await().atMost(LIMIT).until(() -> this.first.readers().hasReader(id(log))))
			.then(() -> this.time.pass(Duration.ofMinutes(1)))
			.then(() -> close(log))
			.expectNext("1;end")
			.expectComplete()
			.verify(LIMIT);
	}

	@Test
	void theStreamsOfAServerThatDiesEndOnceWithAllThatWasShown() {
		StreamLog<TestEvent> log = open();
		write(log, 1, 50);
		awaitCopied(log);
		this.nodes.add(this.redis.url(), SETTINGS);
		StepVerifier.create(textOf(read(log, 0)))
			.then(this.first::close)
			.expectNext(text(1, 50) + "end")
			.expectComplete()
			.verify(LIMIT);
		assertThat(this.nodes.ended).containsExactly(text(1, 50));
		assertThat(this.nodes.subjects).extracting(StreamSubject::id).containsExactly(id(log));
	}

	@Test
	void aReaderThatIsAheadOfRedisGetsEachEventOnce() throws Exception {
		StreamLog<TestEvent> log = open();
		write(log, 1, 2);
		awaitCopied(log);
		this.redis.forbid("xadd");
		write(log, 3, 4);
		StepVerifier.create(read(log, 4).map(TestEvent::textOf)).then(() -> {
			allow("xadd");
			awaitCopied(log);
			write(log, 5, 5);
		}).expectNext("5;").thenCancel().verify(LIMIT);
	}

	@Test
	void aReaderThatIsAheadOfRedisGetsTheEndOfAStreamWhoseServerDied() throws Exception {
		StreamLog<TestEvent> log = open();
		write(log, 1, 2);
		awaitCopied(log);
		this.redis.forbid("xadd");
		write(log, 3, 4);
		StepVerifier.create(read(log, 4)).then(() -> {
			this.first.close();
			allow("xadd");
		}).assertNext((end) -> {
			assertThat(TestEvent.textOf(end)).isEqualTo("end");
			assertThat(end.id()).isGreaterThan(4);
		}).expectComplete().verify(LIMIT);
	}

	@Test
	void nobodyIsToldOfBatchesThatNobodyReads() throws IOException {
		StreamLog<TestEvent> log = open();
		for (int i = 1; i <= 30; i++) {
			write(log, i, i);
			awaitCopied(log);
		}
		assertThat(this.redis.calls("xadd")).isGreaterThanOrEqualTo(30);
		assertThat(this.redis.calls("publish")).isLessThan(15);
		StepVerifier.create(read(log, 29).map(TestEvent::textOf))
			.expectNext("30;")
			.then(() -> write(log, 31, 31))
			.expectNext("31;")
			.then(() -> close(log))
			.expectNext("end")
			.expectComplete()
			.verify(LIMIT);
	}

	@Test
	void aReaderWhoseMessageIsLostReadsOn() {
		StreamLog<TestEvent> log = open();
		write(log, 1, 1);
		awaitCopied(log);
		StepVerifier.create(read(log, 0).map(TestEvent::textOf)).then(() -> without("publish", () -> {
			write(log, 2, 2);
			awaitCopied(log);
		})).expectNext("1;", "2;").thenCancel().verify(LIMIT);
	}

	@Test
	void aReadThatFailsAtTheEndIsRepeated() {
		StreamLog<TestEvent> log = open();
		write(log, 1, 2);
		StepVerifier.create(read(log, 0).map(TestEvent::textOf))
			.expectNext("1;", "2;")
			.then(() -> without("xrange", () -> {
				close(log);
				awaitCopied(log);
			}))
			.expectNext("end")
			.expectComplete()
			.verify(LIMIT);
	}

	@Test
	void aLostMessageOfTheEndIsSentAgain() {
		StreamLog<TestEvent> log = open();
		write(log, 1, 2);
		StepVerifier.create(read(log, 0).map(TestEvent::textOf))
			.expectNext("1;", "2;")
			.then(() -> without("publish", () -> {
				close(log);
				awaitCopied(log);
			}))
			.expectNext("end")
			.expectComplete()
			.verify(LIMIT);
	}

	@Test
	void aReaderWhoseSubscriptionIsRefusedIsSubscribedLater() throws IOException {
		StreamLog<TestEvent> log = open();
		write(log, 1, 1);
		awaitCopied(log);
		this.redis.forbid("subscribe");
		StepVerifier.create(read(log, 0).map(TestEvent::textOf)).then(() -> {
			Awaitility.await().atMost(LIMIT).until(() -> this.redis.refused("subscribe") > 0);
			allow("subscribe");
		}).expectNext("1;").thenCancel().verify(LIMIT);
	}

	@Test
	void aReaderOfAnAnswerThatIsRemovedFromRedisIsSentAway() {
		StreamLog<TestEvent> log = open();
		write(log, 1, 2);
		StepVerifier.create(read(log, 0).map(TestEvent::textOf))
			.expectNext("1;", "2;")
			.then(() -> without("set", () -> without("xadd", () -> {
				close(log);
				Awaitility.await().atMost(LIMIT).until(this.first.writer()::isDone);
			})))
			.expectErrorMatches(ProblemException::isNotFound)
			.verify(LIMIT);
	}

	@Test
	void aReaderDoesNotReadWhatItHasBecauseOfAMessage() throws Exception {
		StreamLog<TestEvent> log = open();
		write(log, 1, 1);
		awaitCopied(log);
		StepVerifier.create(read(log, 0).map(TestEvent::textOf)).expectNext("1;").then(() -> {
			long before = xranges();
			for (int i = 0; i < 100; i++) {
				publish(Keys.log(id(log)), "1");
			}
			assertThat(xranges() - before).isLessThan(10);
		}).then(() -> write(log, 2, 2)).expectNext("2;").thenCancel().verify(LIMIT);
	}

	private long xranges() {
		try {
			return this.redis.calls("xrange");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void publish(String channel, String message) {
		StepVerifier
			.create(Mono
				.fromCompletionStage(() -> this.second.redis().commands().publish(channel, SharedKeys.bytes(message))))
			.expectNextCount(1)
			.expectComplete()
			.verify(LIMIT);
	}

	@Test
	void requestsThatAServerDoesNotKnowChangeNothing() {
		StreamLog<TestEvent> log = open();
		String channel = Keys.requests(this.first.id());
		publish(channel, "PAUSE " + id(log));
		publish(channel, "STOP nothing");
		publish(channel, "READ");
		StepVerifier.create(log.endRequested())
			.then(() -> publish(channel, "STOP " + id(log)))
			.expectNext(EndRequest.STOP)
			.expectComplete()
			.verify(LIMIT);
	}

	@Test
	void whatASilentServerSendsWhileItsStreamEndsIsRefused() {
		StreamLog<TestEvent> log = open();
		write(log, 1, 3);
		awaitCopied(log);
		Batch late = new Batch(3, List.of(new LogEntry(4, TestEvent.of("4;"))), null);
		List<Throwable> refused = new CopyOnWriteArrayList<>();
		this.nodes.whileEnding = (subject) -> Mono
			.fromCompletionStage(() -> this.second.redis()
				.commands()
				.xadd(Keys.log(subject.id()), new XAddArgs().id(late.id()), late.fields()))
			.doOnError(refused::add)
			.onErrorComplete()
			.then();
		StepVerifier.create(textOf(read(log, 0)))
			.then(this.first::close)
			.expectNext(text(1, 3) + "end")
			.expectComplete()
			.verify(LIMIT);
		assertThat(this.nodes.ended).containsExactly(text(1, 3));
		assertThat(refused).hasSize(1);
	}

	/** Does something while Redis refuses a command. */
	private void without(String command, Runnable work) {
		try {
			this.redis.forbid(command);
			work.run();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		allow(command);
	}

	private void allow(String command) {
		try {
			this.redis.allow(command);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Test
	void aServerThatStopsSendsItsReadersAwayBeforeTheEnd() {
		StreamLog<TestEvent> log = open();
		write(log, 1, 2);
		StepVerifier.create(read(log, 0).map(TestEvent::textOf))
			.expectNext("1;", "2;")
			.then(this.second.entries()::endReaders)
			.expectComplete()
			.verify(LIMIT);
		assertThat(log.status().state()).isEqualTo(StreamState.RUNNING);
	}

	@Test
	void aServerThatLeavesEndsItsStreamsIfNoOtherOneIsToGoOn() {
		StepVerifier.create(this.writing.lastRequest()).expectNext(EndRequest.SHUTDOWN).expectComplete().verify(LIMIT);
	}

	@Test
	void aServerThatLeavesWritesItsEndsAndIsListedNoMore() throws Exception {
		StreamLog<TestEvent> log = open();
		write(log, 1, 5);
		close(log);
		CountDownLatch stopped = new CountDownLatch(1);
		this.first.stop(stopped::countDown);
		assertThat(stopped.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
		StepVerifier.create(textOf(read(log, 0))).expectNext(text(1, 5) + "end").expectComplete().verify(LIMIT);
		try (RedisLink link = RedisLink.open(this.redis.url())) {
			Awaitility.await()
				.atMost(LIMIT)
				.until(() -> link.commands()
					.smembers(Keys.NODES)
					.get(LIMIT.toSeconds(), TimeUnit.SECONDS)
					.stream()
					.map(SharedKeys::text)
					.noneMatch(this.first.id().toString()::equals));
		}
		assertThat(this.nodes.ended).isEmpty();
	}

	@Test
	void aRedisThatIsAwayDisturbsNoReaderOfTheServerThatWrites() throws Exception {
		StreamLog<TestEvent> log = open();
		write(log, 1, 10);
		this.redis.kill();
		StepVerifier.create(textOf(log.read(0)))
			.then(() -> write(log, 11, 5000))
			.then(() -> close(log))
			.expectNext(text(1, 5000) + "end")
			.expectComplete()
			.verify(LIMIT);
	}

	@Test
	void aRedisThatComesBackEmptyGetsTheWholeStream() throws Exception {
		StreamLog<TestEvent> log = open();
		write(log, 1, 10);
		awaitCopied(log);
		this.redis.kill();
		write(log, 11, 3000);
		this.redis.restart();
		Awaitility.await().atMost(LIMIT).ignoreExceptions().until(() -> lastIdElsewhere(log) == 3000);
		close(log);
		StepVerifier.create(textOf(read(log, 0))).expectNext(text(1, 3000) + "end").expectComplete().verify(LIMIT);
	}

	@Test
	void theHealthIsDegradedWhileRedisIsAway() throws Exception {
		awaitHealth("UP");
		this.redis.kill();
		awaitHealth("DEGRADED");
		this.redis.restart();
		awaitHealth("UP");
	}

	private void awaitHealth(String status) {
		RedisHealth health = new RedisHealth(this.first.heartbeat());
		Awaitility.await()
			.atMost(LIMIT)
			.untilAsserted(() -> StepVerifier.create(health.health().map((now) -> now.getStatus().getCode()))
				.expectNext(status)
				.expectComplete()
				.verify(LIMIT));
	}

	@Test
	void newStreamsBeginWhileRedisIsAway() throws Exception {
		this.redis.kill();
		StreamLog<TestEvent> log = open();
		write(log, 1, 3);
		close(log);
		StepVerifier.create(textOf(log.read(0))).expectNext(text(1, 3) + "end").expectComplete().verify(LIMIT);
		StepVerifier.create(this.writing.list(ANN)).expectNextCount(1).expectComplete().verify(LIMIT);
	}

}
