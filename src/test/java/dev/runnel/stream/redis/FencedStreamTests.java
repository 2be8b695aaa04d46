package dev.runnel.stream.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.stream.IntStream;

import dev.runnel.conversation.store.Relay;
import dev.runnel.stream.EndRequest;
import dev.runnel.stream.LogEntry;
import dev.runnel.stream.MovableTime;
import dev.runnel.stream.StreamId;
import dev.runnel.stream.StreamLog;
import dev.runnel.stream.StreamSettings;
import dev.runnel.stream.StreamSettings.TakeOver;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server takes the stream of a silent one from it, and fails before the end of the
 * stream. Then the silent one comes back.
 */
@Timeout(180)
@Tag("one-jdk")
class FencedStreamTests {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private static final Duration NEVER = Duration.ofHours(1);

	private static final Visitor ANN = new Visitor("ann");

	private final TwoNodes nodes = new TwoNodes();

	private RedisServer redis;

	private Relay toWriter;

	private RedisNode writer;

	private RedisNode other;

	private StreamLog<TestEvent> log;

	@AfterEach
	void end() {
		this.nodes.close();
		this.toWriter.close();
		this.redis.close();
	}

	@BeforeEach
	void startRedis() throws IOException {
		this.redis = RedisServer.onFreePort();
		this.toWriter = Relay.to(this.redis.port());
	}

	private static StreamSettings settings(TakeOver takeOver) {
		return new StreamSettings(Duration.ofMinutes(5), Duration.ofMinutes(10), 4, 16, 2000, Duration.ofSeconds(20),
				Duration.ofMinutes(8), Duration.ofSeconds(15), takeOver);
	}

	/** Starts a server with a stream of three events, which are in Redis, and another. */
	private StreamStore<TestEvent> start(TakeOver takeOver) {
		StreamSettings settings = settings(takeOver);
		this.writer = this.nodes.add(RedisServer.url(this.toWriter.port()), settings);
		this.other = this.nodes.add(this.redis.url(), settings);
		this.log = TestStreams.open(this.writer.share(TestStreams.store(settings, new MovableTime())), ANN);
		write(this.log, 1, 3);
		Awaitility.await().atMost(LIMIT).until(() -> newestId() == 3);
		return this.other.share(TestStreams.store(settings, new MovableTime()));
	}

	/** A server that reads and never judges others. */
	private StreamStore<TestEvent> reader() {
		StreamSettings settings = settings(TakeOver.INTERRUPT);
		return this.nodes.add(this.redis.url(), settings, NEVER).share(TestStreams.store(settings, new MovableTime()));
	}

	private static void write(StreamLog<TestEvent> log, int from, int to) {
		IntStream.rangeClosed(from, to).forEach((i) -> log.append(TestEvent.of(i + ";")));
	}

	private StreamId id() {
		return this.log.status().subject().id();
	}

	/** The number behind which Redis takes no event. */
	private long newestId() {
		return this.other.entries()
			.newest(id())
			.map((batch) -> Long.parseLong(batch.id().substring(0, batch.id().indexOf('-'))))
			.blockOptional(LIMIT)
			.orElse(0L);
	}

	private Flux<LogEntry> read(StreamStore<TestEvent> store) {
		return store.find(ANN, id()).flatMapMany((found) -> found.read(0));
	}

	private static Mono<String> textOf(Flux<LogEntry> entries) {
		return entries.map(TestEvent::textOf).collectList().map((texts) -> String.join("", texts));
	}

	private void endHere() {
		StepVerifier.create(this.log.endRequested()).expectNext(EndRequest.SHUTDOWN).expectComplete().verify(LIMIT);
		this.log.close(TestEvent.end(), StreamState.FAILED);
	}

	@ParameterizedTest
	@EnumSource
	void theServerThatComesBackWritesTheEnd(TakeOver takeOver) {
		start(takeOver);
		this.nodes.whileEnding = (subject) -> Mono.error(new IllegalStateException("no database"));
		this.toWriter.hold();
		Awaitility.await().atMost(LIMIT).until(() -> newestId() > 3);
		this.other.close();
		this.nodes.whileEnding = (subject) -> Mono.empty();
		StreamStore<TestEvent> reading = reader();
		StepVerifier.create(textOf(read(reading)))
			.then(() -> this.log.append(TestEvent.of("late;")))
			.then(this.toWriter::mend)
			.then(this::endHere)
			.expectNext("1;2;3;end")
			.expectComplete()
			.verify(LIMIT);
		Awaitility.await().atMost(LIMIT).until(this.writer.writer()::isDone);
		StepVerifier.create(textOf(read(reading))).expectNext("1;2;3;end").expectComplete().verify(LIMIT);
		assertThat(this.nodes.ended).containsOnly("1;2;3;");
	}

	@Test
	void theServerThatComesBackLeavesAStreamToOneThatIsAboutToGoOn() {
		StreamStore<TestEvent> heir = start(TakeOver.CONTINUE);
		Sinks.Empty<Void> stored = Sinks.empty();
		this.nodes.whileEnding = (subject) -> stored.asMono();
		this.nodes.heir = (subject, after) -> heir.takeOver(TestCallers.local(ANN))
			.flatMap((place) -> place.goOn(subject, after))
			.doOnNext((goesOn) -> {
				write(goesOn, 4, 6);
				goesOn.close(TestEvent.end(), StreamState.COMPLETED);
			})
			.hasElement();
		this.toWriter.hold();
		Awaitility.await().atMost(LIMIT).until(() -> newestId() > 3);
		this.toWriter.mend();
		endHere();
		awaitLook();
		StepVerifier.create(textOf(read(heir)))
			.then(stored::tryEmitEmpty)
			.expectNext("1;2;3;4;5;6;end")
			.expectComplete()
			.verify(LIMIT);
		Awaitility.await().atMost(LIMIT).until(this.writer.writer()::isDone);
		assertThat(this.nodes.ended).containsExactly("1;2;3;");
	}

	/** Waits until the server has looked for the writer of its stream. */
	private void awaitLook() {
		long before = looks();
		Awaitility.await().atMost(LIMIT).until(() -> looks() > before);
	}

	private long looks() {
		try {
			return this.redis.calls("hgetall");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
