package dev.runnel.stream.redis;

import java.io.IOException;
import java.time.Duration;

import dev.runnel.stream.MovableTime;
import dev.runnel.stream.StreamLogContract;
import dev.runnel.stream.StreamSettings;
import dev.runnel.stream.StreamStore;
import dev.runnel.stream.TestEvent;
import dev.runnel.stream.TestStreams;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/**
 * The contract on the server that writes, with Redis beside it.
 */
class RedisStreamLogTests extends StreamLogContract {

	private static RedisServer redis;

	private final MovableTime time = new MovableTime();

	private final TwoNodes nodes = new TwoNodes();

	@BeforeAll
	static void startRedis() throws IOException {
		redis = RedisServer.onFreePort();
	}

	@AfterAll
	static void endRedis() {
		if (redis != null) {
			redis.close();
		}
	}

	@BeforeEach
	void emptyRedis() throws IOException {
		redis.empty();
	}

	@AfterEach
	void endNodes() {
		this.nodes.close();
	}

	@Override
	protected StreamStore<TestEvent> store(StreamSettings settings) {
		return this.nodes.add(redis.url(), settings).share(TestStreams.store(settings, this.time));
	}

	@Override
	protected void pass(Duration time) {
		this.time.pass(time);
	}

}
