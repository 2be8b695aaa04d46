package dev.runnel.stream.redis;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import dev.runnel.stream.MovableTime;
import dev.runnel.stream.StreamId;
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
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Redis forgets a stream by itself.
 */
@Timeout(120)
@Tag("one-jdk")
class KeyExpiryTests {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private static final Duration LONG = Duration.ofMinutes(10);

	private static final Duration SHORT = Duration.ofSeconds(1);

	private static final Visitor ANN = new Visitor("ann");

	private final TwoNodes nodes = new TwoNodes();

	private RedisServer redis;

	@BeforeEach
	void start() throws IOException {
		this.redis = RedisServer.onFreePort();
	}

	@AfterEach
	void end() {
		this.nodes.close();
		if (this.redis != null) {
			this.redis.close();
		}
	}

	private static StreamSettings settings(Duration retention) {
		return new StreamSettings(Duration.ofMinutes(5), retention, 4, 16, 2000, Duration.ofSeconds(20),
				Duration.ofMinutes(8), Duration.ofSeconds(15), TakeOver.INTERRUPT);
	}

	private static StreamStore<TestEvent> share(RedisNode node, Duration retention) {
		return node.share(TestStreams.store(settings(retention), new MovableTime()));
	}

	private static StreamId id(StreamLog<TestEvent> log) {
		return log.status().subject().id();
	}

	/** Writes so much that Redis has a part of it merged, in a key of its own. */
	private void writeMuch(RedisNode node, StreamLog<TestEvent> log) {
		for (int i = 1; i <= 200; i++) {
			log.append(TestEvent.of("x".repeat(4000)));
			if (i % 10 == 0) {
				Awaitility.await()
					.pollInterval(Duration.ofMillis(5))
					.atMost(LIMIT)
					.until(() -> copied(node, log) == log.status().lastEventId());
			}
		}
		Awaitility.await().atMost(LIMIT).until(() -> left(node, Keys.fold(id(log))) > 0);
	}

	private static long copied(RedisNode node, StreamLog<TestEvent> log) {
		return node.entries().newest(id(log)).map(Batch::lastId).blockOptional(LIMIT).orElse(0L);
	}

	/** The milliseconds until a key expires; negative if it is missing or never does. */
	private static long left(RedisNode node, String key) throws Exception {
		return node.redis().commands().pttl(key).get(LIMIT.toSeconds(), TimeUnit.SECONDS);
	}

	@Test
	void aStreamThatEndsExpiresAfterItsRetention() throws Exception {
		RedisNode node = this.nodes.add(this.redis.url(), settings(LONG));
		StreamLog<TestEvent> log = TestStreams.open(share(node, LONG), ANN);
		writeMuch(node, log);
		String[] keys = { Keys.log(id(log)), Keys.fold(id(log)), Keys.head(id(log)) };
		for (String key : keys) {
			assertThat(left(node, key)).as(key).isBetween(LONG.toMillis() + 1, SharedKeys.MAX_AGE.toMillis());
		}
		log.close(TestEvent.end(), StreamState.COMPLETED);
		for (String key : keys) {
			Awaitility.await()
				.atMost(LIMIT)
				.untilAsserted(() -> assertThat(left(node, key)).as(key).isBetween(1L, LONG.toMillis()));
		}
		assertThat(left(node, Keys.visitor(ANN))).isBetween(1L, SharedKeys.MAX_AGE.toMillis());
		Awaitility.await().atMost(LIMIT).until(() -> this.redis.keys("runnel:node:*:running") == 0);
	}

	@Test
	void nothingOfAnExpiredStreamIsLeft() throws Exception {
		RedisNode node = this.nodes.add(this.redis.url(), settings(SHORT));
		StreamStore<TestEvent> other = share(this.nodes.add(this.redis.url(), settings(SHORT)), SHORT);
		StreamLog<TestEvent> log = TestStreams.open(share(node, SHORT), ANN);
		writeMuch(node, log);
		StepVerifier.create(other.find(ANN, id(log))).expectNextCount(1).expectComplete().verify(LIMIT);
		log.close(TestEvent.end(), StreamState.COMPLETED);
		Awaitility.await().atMost(LIMIT).until(() -> this.redis.keys("runnel:{" + id(log) + "}*") == 0);
		StepVerifier.create(other.find(ANN, id(log))).expectComplete().verify(LIMIT);
		StepVerifier.create(other.list(ANN)).expectComplete().verify(LIMIT);
		Awaitility.await().atMost(LIMIT).until(() -> this.redis.keys(Keys.visitor(ANN)) == 0);
	}

}
