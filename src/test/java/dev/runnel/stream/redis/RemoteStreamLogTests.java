package dev.runnel.stream.redis;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.runnel.stream.EndRequest;
import dev.runnel.stream.LogEntry;
import dev.runnel.stream.MovableTime;
import dev.runnel.stream.StreamId;
import dev.runnel.stream.StreamLog;
import dev.runnel.stream.StreamLogContract;
import dev.runnel.stream.StreamSettings;
import dev.runnel.stream.StreamState;
import dev.runnel.stream.StreamStatus;
import dev.runnel.stream.StreamStore;
import dev.runnel.stream.StreamSubject;
import dev.runnel.stream.TestEvent;
import dev.runnel.stream.TestStreams;
import dev.runnel.web.Caller;
import dev.runnel.web.ProblemException;
import dev.runnel.web.Visitor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The contract with one server that writes and another one that reads and stops.
 */
@Tag("one-jdk")
class RemoteStreamLogTests extends StreamLogContract {

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
		return new BothServers(server(settings), server(settings));
	}

	private StreamStore<TestEvent> server(StreamSettings settings) {
		return this.nodes.add(redis.url(), settings).share(TestStreams.store(settings, this.time));
	}

	@Override
	protected void pass(Duration time) {
		this.time.pass(time);
	}

	/** The reader may have events that have not come to Redis yet. */
	@Test
	@Override
	protected void aNumberBeyondTheEndOfARunningLogFollows() {
		StreamLog<TestEvent> log = open(store(), ANN);
		write(log, 1, 3);
		StepVerifier.create(textOf(log.read(4)))
			.then(() -> write(log, 4, 5))
			.then(() -> close(log))
			.expectNext("5;end")
			.expectComplete()
			.verify(LIMIT);
	}

	/**
	 * Redis has merged events, because the log grew faster than it was copied. A reader
	 * that has a part of one is told to read the conversation. It can go on after each
	 * event that it read from Redis.
	 */
	@Test
	@Override
	protected void everyResumptionOfALongLogSaysTheSame() {
		StreamLog<TestEvent> log = open(store(), ANN);
		write(log, 1, 2000);
		close(log);
		for (int seen = 0; seen <= 2000; seen += 37) {
			String rest = textFrom(seen + 1, 2000);
			StepVerifier
				.create(textOf(log.read(seen)).onErrorResume(ProblemException::isNotFound, (ex) -> Mono.just(rest)))
				.expectNext(rest)
				.expectComplete()
				.verify(LIMIT);
		}
		resumeAfterEventsThatAReaderHas(log, textFrom(1, 2000));
	}

	private static void resumeAfterEventsThatAReaderHas(StreamLog<TestEvent> log, String whole) {
		List<LogEntry> entries = new ArrayList<>();
		StepVerifier.create(log.read(0).doOnNext(entries::add).then()).expectComplete().verify(LIMIT);
		StringBuilder seen = new StringBuilder();
		for (LogEntry entry : entries) {
			seen.append(TestEvent.textOf(entry));
			String rest = whole.substring(seen.length());
			StepVerifier.create(textOf(log.read(entry.id()))).expectNext(rest).expectComplete().verify(LIMIT);
		}
		assertThat(seen).hasToString(whole);
	}

	/** No test here: the server that writes may not know of a reader for so short. */
	@Override
	protected void theLastReaderThatLeavesEndsAStreamWithoutGrace() {
	}

	/** No test here: the reader comes on another thread than the one that moves time. */
	@Override
	protected void graceLetsAReaderComeBack() {
	}

	/** No test here: the time of Redis cannot be moved. */
	@Override
	protected void forgetsAnEndedStreamAfterItsRetention() {
	}

	private record BothServers(StreamStore<TestEvent> writing,
			StreamStore<TestEvent> reading) implements StreamStore<TestEvent> {

		@Override
		public Mono<StreamPlace<TestEvent>> enter(Caller caller) {
			return this.writing.enter(caller).map((place) -> new Place(place, this.reading));
		}

		@Override
		public Mono<StreamPlace<TestEvent>> takeOver(Caller caller) {
			return this.writing.takeOver(caller);
		}

		@Override
		public Mono<StreamLog<TestEvent>> find(Visitor owner, StreamId id) {
			return this.reading.find(owner, id);
		}

		@Override
		public Flux<StreamStatus> list(Visitor owner) {
			return this.reading.list(owner);
		}

		@Override
		public Flux<StreamLog<TestEvent>> running() {
			return this.writing.running();
		}

	}

	private record Place(StreamStore.StreamPlace<TestEvent> place,
			StreamStore<TestEvent> reading) implements StreamStore.StreamPlace<TestEvent> {

		@Override
		public Mono<StreamLog<TestEvent>> open(StreamSubject subject) {
			return this.place.open(subject).map((log) -> new Log(log, this.reading));
		}

		@Override
		public Mono<StreamLog<TestEvent>> goOn(StreamSubject subject, long after) {
			return this.place.goOn(subject, after);
		}

		@Override
		public void leave() {
			this.place.leave();
		}

	}

	private record Log(StreamLog<TestEvent> written, StreamStore<TestEvent> reading) implements StreamLog<TestEvent> {

		private Mono<StreamLog<TestEvent>> read() {
			StreamSubject subject = this.written.status().subject();
			return this.reading.find(subject.owner(), subject.id());
		}

		@Override
		public StreamStatus status() {
			return this.written.status();
		}

		@Override
		public void append(TestEvent event) {
			this.written.append(event);
		}

		@Override
		public boolean hasRoom() {
			return this.written.hasRoom();
		}

		@Override
		public Mono<Void> awaitRoom() {
			return this.written.awaitRoom();
		}

		@Override
		public void close(TestEvent event, StreamState state) {
			this.written.close(event, state);
		}

		@Override
		public void handOver() {
			this.written.handOver();
		}

		@Override
		public Flux<LogEntry> read(long after) {
			return read().flatMapMany((log) -> log.read(after));
		}

		@Override
		public Flux<LogEntry> copy(long after) {
			return this.written.copy(after);
		}

		@Override
		public long backlogBytes(long after) {
			return this.written.backlogBytes(after);
		}

		@Override
		public Mono<Void> requestEnd(EndRequest request) {
			return read().flatMap((log) -> log.requestEnd(request));
		}

		@Override
		public void endUnread() {
			this.written.endUnread();
		}

		@Override
		public Mono<EndRequest> endRequested() {
			return this.written.endRequested();
		}

	}

}
