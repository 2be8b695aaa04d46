package dev.runnel.stream.redis;

import java.io.IOException;
import java.time.Duration;

import dev.runnel.conversation.store.Relay;
import dev.runnel.stream.MovableTime;
import dev.runnel.stream.StreamLog;
import dev.runnel.stream.StreamSettings;
import dev.runnel.stream.StreamSettings.TakeOver;
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
 * Readers that come while a batch is on its way of which nobody is told, because nobody
 * listened. The servers never tell again by themselves here.
 */
@Timeout(180)
@Tag("one-jdk")
class QuietBatchTests {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private static final Duration NEVER = Duration.ofHours(1);

	private static final int TIMES = 20;

	private static final Visitor ANN = new Visitor("ann");

	private static final StreamSettings SETTINGS = new StreamSettings(Duration.ofHours(1), Duration.ofMinutes(10), 4,
			16, 2000, Duration.ofSeconds(20), Duration.ofMinutes(8), Duration.ofSeconds(15), TakeOver.INTERRUPT);

	private final TwoNodes nodes = new TwoNodes();

	private RedisServer redis;

	private Relay toWriter;

	private RedisNode writer;

	private StreamStore<TestEvent> writing;

	private StreamStore<TestEvent> reading;

	@BeforeEach
	void start() throws IOException {
		this.redis = RedisServer.onFreePort();
		this.toWriter = Relay.to(this.redis.port());
		this.writer = this.nodes.add(RedisServer.url(this.toWriter.port()), SETTINGS, NEVER);
		this.writing = this.writer.share(TestStreams.store(SETTINGS, new MovableTime()));
		this.reading = this.nodes.add(this.redis.url(), SETTINGS, NEVER)
			.share(TestStreams.store(SETTINGS, new MovableTime()));
	}

	@AfterEach
	void end() {
		this.nodes.close();
		if (this.redis != null) {
			this.toWriter.close();
			this.redis.close();
		}
	}

	private StreamLog<TestEvent> open() {
		return TestStreams.open(this.writing, ANN);
	}

	/** Writes until Redis says that nobody listens, and until it has everything. */
	private void writeUntilNobodyListens(StreamLog<TestEvent> log) {
		Awaitility.await().pollInterval(Duration.ofMillis(5)).atMost(LIMIT).until(() -> {
			log.append(TestEvent.of("more;"));
			awaitCopied(log);
			return !this.writer.readers().hasReader(log.status().subject().id());
		});
	}

	private void awaitCopied(StreamLog<TestEvent> log) {
		Awaitility.await()
			.pollInterval(Duration.ofMillis(5))
			.atMost(LIMIT)
			.until(() -> copied(log) == log.status().lastEventId());
	}

	private long copied(StreamLog<TestEvent> log) {
		return this.reading.find(ANN, log.status().subject().id())
			.map((remote) -> remote.status().lastEventId())
			.blockOptional(LIMIT)
			.orElse(0L);
	}

	@Test
	void areToldOfIt() {
		StreamLog<TestEvent> log = open();
		for (int i = 0; i < TIMES; i++) {
			writeUntilNobodyListens(log);
			long seen = log.status().lastEventId();
			String text = i + ";";
			this.toWriter.hold();
			log.append(TestEvent.of(text));
			StepVerifier
				.create(this.reading.find(ANN, log.status().subject().id()).flatMapMany((remote) -> remote.read(seen)))
				.then(this.toWriter::mend)
				.assertNext((entry) -> assertThat(TestEvent.textOf(entry)).isEqualTo(text))
				.thenCancel()
				.verify(LIMIT);
		}
	}

}
