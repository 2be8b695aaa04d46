package dev.runnel.stream.redis;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.runnel.conversation.store.Relay;
import dev.runnel.stream.MovableTime;
import dev.runnel.stream.StreamLog;
import dev.runnel.stream.StreamSettings;
import dev.runnel.stream.StreamSettings.TakeOver;
import dev.runnel.stream.StreamState;
import dev.runnel.stream.StreamStore;
import dev.runnel.stream.TestEvent;
import dev.runnel.stream.TestStreams;
import dev.runnel.web.Visitor;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Connections to Redis that are cut, held or doubled again and again, on both servers: a
 * reader on the other server gets each text once. The system property {@code runnel.cuts}
 * sets how often.
 */
@Tag("one-jdk")
@Timeout(3600)
class CutRedisTests {

	private static final int CUTS = Integer.getInteger("runnel.cuts", 60);

	private static final Duration LIMIT = Duration.ofSeconds(60 + 2 * CUTS);

	private static final Visitor ANN = new Visitor("ann");

	private static final StreamSettings SETTINGS = new StreamSettings(Duration.ofMinutes(5), Duration.ofMinutes(10), 4,
			16, 2000, Duration.ofSeconds(20), Duration.ofMinutes(8), Duration.ofSeconds(15), TakeOver.INTERRUPT);

	private final TwoNodes nodes = new TwoNodes();

	private final Random random = new Random(18);

	private RedisServer redis;

	private Relay toWriter;

	private Relay toReader;

	private StreamStore<TestEvent> writing;

	private StreamStore<TestEvent> reading;

	@BeforeEach
	void start() throws IOException {
		this.redis = RedisServer.onFreePort();
		this.toWriter = Relay.to(this.redis.port());
		this.toReader = Relay.to(this.redis.port());
		this.writing = store(this.toWriter);
		this.reading = store(this.toReader);
	}

	private StreamStore<TestEvent> store(Relay relay) {
		return this.nodes.add(RedisServer.url(relay.port()), SETTINGS)
			.share(TestStreams.store(SETTINGS, new MovableTime()));
	}

	@AfterEach
	void end() {
		this.nodes.close();
		if (this.redis != null) {
			this.toWriter.close();
			this.toReader.close();
			this.redis.close();
		}
	}

	private StreamLog<TestEvent> open() {
		return TestStreams.open(this.writing, ANN);
	}

	private Mono<String> textElsewhere(StreamLog<TestEvent> log) {
		return this.reading.find(ANN, log.status().subject().id())
			.flatMapMany((remote) -> remote.read(0))
			.map(TestEvent::textOf)
			.collectList()
			.map((texts) -> String.join("", texts));
	}

	/** Writes some events, and disturbs the connections of one server in the middle. */
	private int disturb(StreamLog<TestEvent> log, int written) {
		Relay relay = this.random.nextBoolean() ? this.toWriter : this.toReader;
		int more = 1 + this.random.nextInt(60);
		int half = this.random.nextInt(more + 1);
		append(log, written + 1, written + half);
		switch (this.random.nextInt(3)) {
			case 0 -> relay.cut();
			case 1 -> relay.hold();
			default -> relay.doubleNext();
		}
		append(log, written + half + 1, written + more);
		relay.mend();
		return written + more;
	}

	private static void append(StreamLog<TestEvent> log, int from, int to) {
		IntStream.rangeClosed(from, to).forEach((i) -> log.append(TestEvent.of(i + ";")));
	}

	private static String text(int to) {
		return IntStream.rangeClosed(1, to).mapToObj((i) -> i + ";").collect(Collectors.joining("", "", "end"));
	}

	@Test
	void aReaderElsewhereGetsEachTextOnce() {
		StreamLog<TestEvent> log = open();
		int[] written = new int[1];
		List<String> texts = new ArrayList<>();
		StepVerifier.create(textElsewhere(log))
			.then(() -> written[0] = disturbOften(log))
			.then(() -> log.close(TestEvent.end(), StreamState.COMPLETED))
			.consumeNextWith(texts::add)
			.expectComplete()
			.verify(LIMIT);
		assertThat(texts).containsExactly(text(written[0]));
	}

	/** Waits for the copy now and then, so that each part of it is disturbed. */
	private int disturbOften(StreamLog<TestEvent> log) {
		int written = 0;
		for (int cut = 0; cut < CUTS; cut++) {
			written = disturb(log, written);
			if (cut % 4 == 0) {
				awaitCopied(log);
			}
		}
		return written;
	}

	private void awaitCopied(StreamLog<TestEvent> log) {
		Awaitility.await()
			.atMost(LIMIT)
			.ignoreExceptions()
			.until(() -> this.reading.find(ANN, log.status().subject().id())
				.map((remote) -> remote.status().lastEventId())
				.blockOptional(LIMIT)
				.orElse(0L) == log.status().lastEventId());
	}

}
