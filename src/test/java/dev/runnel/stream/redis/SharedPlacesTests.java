package dev.runnel.stream.redis;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import dev.runnel.stream.StreamSettings;
import dev.runnel.stream.StreamSettings.TakeOver;
import dev.runnel.web.TestCallers;
import dev.runnel.web.Visitor;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Places of running streams become free long before their lease ends.
 */
@Timeout(120)
@Tag("one-jdk")
class SharedPlacesTests {

	/** Less than a lease, which is 30 seconds. */
	private static final Duration LIMIT = Duration.ofSeconds(25);

	private static final int MOST = 2;

	private static final Visitor ANN = new Visitor("ann");

	private static final StreamSettings SETTINGS = new StreamSettings(Duration.ofSeconds(20), Duration.ofMinutes(10),
			MOST, 16, 2000, Duration.ofSeconds(20), Duration.ofMinutes(8), Duration.ofSeconds(15), TakeOver.INTERRUPT);

	private final TwoNodes nodes = new TwoNodes();

	private RedisServer redis;

	private RedisNode first;

	private RedisNode second;

	@BeforeEach
	void start() throws IOException {
		this.redis = RedisServer.onFreePort();
		this.first = this.nodes.add(this.redis.url(), SETTINGS);
		this.second = this.nodes.add(this.redis.url(), SETTINGS);
	}

	@AfterEach
	void end() {
		this.nodes.close();
		if (this.redis != null) {
			this.redis.close();
		}
	}

	private static SharedPlaces.Place enter(RedisNode node) {
		return node.places().enter(TestCallers.local(ANN)).block(LIMIT);
	}

	private static List<SharedPlaces.Place> fill(RedisNode node) {
		return IntStream.range(0, MOST).mapToObj((i) -> enter(node)).toList();
	}

	private static boolean isFull(RedisNode node) {
		return node.places()
			.enter(TestCallers.local(ANN))
			.doOnNext(node.places()::leave)
			.map((place) -> false)
			.onErrorReturn(true)
			.blockOptional(LIMIT)
			.orElseThrow();
	}

	@Test
	void placesThatAreLeftWhileRedisRefusesAreFreeAfterwards() throws IOException {
		List<SharedPlaces.Place> places = fill(this.first);
		this.redis.forbid("zrem");
		places.forEach(this.first.places()::leave);
		assertThat(isFull(this.second)).isTrue();
		this.redis.allow("zrem");
		Awaitility.await().atMost(LIMIT).until(() -> !isFull(this.second));
	}

	@Test
	void placesThatAreTakenWhileRedisRefusesCountAfterwards() throws IOException {
		this.redis.forbid("zadd");
		List<SharedPlaces.Place> places = fill(this.first);
		this.redis.allow("zadd");
		Awaitility.await().atMost(LIMIT).until(() -> isFull(this.second));
		places.forEach(this.first.places()::leave);
		Awaitility.await().atMost(LIMIT).until(() -> !isFull(this.second));
	}

	@Test
	void thePlacesOfAServerThatDiesAreFreeWhenItIsMissed() {
		fill(this.first);
		assertThat(isFull(this.second)).isTrue();
		this.first.close();
		Awaitility.await().atMost(LIMIT).until(() -> !isFull(this.second));
	}

}
