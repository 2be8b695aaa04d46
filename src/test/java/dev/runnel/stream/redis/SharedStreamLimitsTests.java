package dev.runnel.stream.redis;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;

import dev.runnel.stream.MovableTime;
import dev.runnel.stream.StreamSettings;
import dev.runnel.stream.StreamSettings.TakeOver;
import dev.runnel.stream.StreamStore;
import dev.runnel.stream.StreamStore.StreamPlace;
import dev.runnel.stream.TestEvent;
import dev.runnel.stream.TestStreams;
import dev.runnel.web.Caller;
import dev.runnel.web.ClientAddress;
import dev.runnel.web.ProblemException;
import dev.runnel.web.Reason;
import dev.runnel.web.Standing;
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
 * Each limit on the running streams counts those of two servers together.
 */
@Timeout(120)
@Tag("one-jdk")
class SharedStreamLimitsTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private static final int PER_VISITOR = 2;

	private static final int PER_ADDRESS = 3;

	private static final int TOTAL = 4;

	private static final String HERE = "192.0.2.1";

	private static final String THERE = "192.0.2.2";

	private static final StreamSettings SETTINGS = new StreamSettings(Duration.ofSeconds(20), Duration.ofMinutes(10),
			PER_VISITOR, PER_ADDRESS, TOTAL, Duration.ofSeconds(20), Duration.ofMinutes(8), Duration.ofSeconds(15),
			TakeOver.INTERRUPT);

	private final TwoNodes nodes = new TwoNodes();

	private RedisServer redis;

	private StreamStore<TestEvent> first;

	private StreamStore<TestEvent> second;

	@BeforeEach
	void start() throws IOException {
		this.redis = RedisServer.onFreePort();
		this.first = server();
		this.second = server();
	}

	private StreamStore<TestEvent> server() {
		return this.nodes.add(this.redis.url(), SETTINGS).share(TestStreams.store(SETTINGS, new MovableTime()));
	}

	@AfterEach
	void end() {
		this.nodes.close();
		if (this.redis != null) {
			this.redis.close();
		}
	}

	private static Caller caller(String visitor, String address, boolean known) {
		try {
			return new Caller(new Visitor(visitor), known, new ClientAddress(InetAddress.getByName(address)), true,
					Standing.VISITOR);
		}
		catch (UnknownHostException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

	private static StreamPlace<TestEvent> enter(StreamStore<TestEvent> server, String visitor, String address) {
		return server.enter(caller(visitor, address, true)).blockOptional(LIMIT).orElseThrow();
	}

	private static void refuses(StreamStore<TestEvent> server, Caller caller, Reason reason) {
		StepVerifier.create(server.enter(caller))
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOfSatisfying(ProblemException.class,
					(problem) -> assertThat(problem.reason()).isEqualTo(reason)))
			.verify(LIMIT);
	}

	/** A place that one server gave back is free on the other one a moment later. */
	private static void awaitPlace(StreamStore<TestEvent> server, Caller caller) {
		Awaitility.await()
			.atMost(LIMIT)
			.ignoreExceptionsInstanceOf(ProblemException.class)
			.until(() -> server.enter(caller).block(LIMIT) != null);
	}

	@Test
	void thatOfAVisitor() {
		StreamPlace<TestEvent> place = enter(this.first, "ann", HERE);
		enter(this.second, "ann", THERE);
		refuses(this.first, caller("ann", HERE, true), Reason.OWN_ANSWERS);
		refuses(this.second, caller("ann", HERE, true), Reason.OWN_ANSWERS);
		place.leave();
		awaitPlace(this.second, caller("ann", HERE, true));
	}

	@Test
	void thatOfAnAddress() {
		StreamPlace<TestEvent> place = enter(this.first, "ann", HERE);
		enter(this.second, "bob", HERE);
		enter(this.second, "cem", HERE);
		refuses(this.first, caller("dan", HERE, true), Reason.ANSWERS_OF_ADDRESS);
		refuses(this.second, caller("dan", HERE, true), Reason.ANSWERS_OF_ADDRESS);
		enter(this.first, "dan", THERE).leave();
		place.leave();
		awaitPlace(this.second, caller("dan", HERE, true));
	}

	@Test
	void thatOfAnAddressWithoutACookie() {
		this.first.enter(caller("ann", HERE, false)).block(LIMIT);
		refuses(this.second, caller("bob", HERE, false), Reason.ANSWERS_WITHOUT_COOKIE);
		enter(this.second, "bob", HERE);
	}

	@Test
	void thatOfAllServers() {
		StreamPlace<TestEvent> place = enter(this.first, "ann", HERE);
		enter(this.first, "bob", HERE);
		enter(this.second, "cem", THERE);
		enter(this.second, "dan", THERE);
		refuses(this.first, caller("eve", "192.0.2.3", true), Reason.ANSWERS_OF_SERVER);
		refuses(this.second, caller("eve", "192.0.2.3", true), Reason.ANSWERS_OF_SERVER);
		place.leave();
		awaitPlace(this.second, caller("eve", "192.0.2.3", true));
	}

}
