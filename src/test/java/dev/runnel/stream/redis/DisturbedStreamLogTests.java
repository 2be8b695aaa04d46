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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInfo;

/**
 * The contract on the server that writes, while its connections to Redis are cut, held
 * and doubled all the time.
 */
@Tag("one-jdk")
class DisturbedStreamLogTests extends StreamLogContract {

	/** A place that is left while Redis is away counts until its lease ends. */
	private static final String COUNTS_PLACES = "aVisitorRunsNoMoreThanMayAndRoomComesBack";

	private static RedisServer redis;

	private final MovableTime time = new MovableTime();

	private final TwoNodes nodes = new TwoNodes();

	private Disturbance disturbance;

	private boolean quiet;

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
	void start(TestInfo test) throws IOException {
		redis.empty();
		this.disturbance = Disturbance.to(redis.port());
		this.quiet = test.getTestMethod().orElseThrow().getName().equals(COUNTS_PLACES);
	}

	@AfterEach
	void end() {
		this.nodes.close();
		this.disturbance.close();
	}

	/** The connections begin undisturbed, because a server does not start without. */
	@Override
	protected StreamStore<TestEvent> store(StreamSettings settings) {
		StreamStore<TestEvent> store = this.nodes.add(this.disturbance.url(), settings)
			.share(TestStreams.store(settings, this.time));
		if (!this.quiet) {
			this.disturbance.begin();
		}
		return new PatientStore<>(store);
	}

	@Override
	protected void pass(Duration time) {
		this.time.pass(time);
	}

}
