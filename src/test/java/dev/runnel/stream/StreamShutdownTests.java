package dev.runnel.stream;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.runnel.web.TestCallers;
import dev.runnel.web.Visitor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link StreamShutdown}.
 */
@Timeout(60)
class StreamShutdownTests {

	private static final Visitor ANN = new Visitor("ann");

	/** Long enough for a stream to begin on a slow machine. */
	private static final Duration WAIT = Duration.ofSeconds(5);

	@Test
	void aStreamThatBeginsWhenNoOtherOneRunsIsEndedAtTheLimit() throws Exception {
		StreamStore<TestEvent> store = TestStreams.store(TestFold::new);
		StreamSubject subject = new StreamSubject(StreamId.random(), ANN, UUID.randomUUID(), UUID.randomUUID());
		CountDownLatch stopped = new CountDownLatch(1);
		new StreamShutdown(store, WAIT).stop(stopped::countDown);
		assertThat(stopped.await(20, TimeUnit.SECONDS)).isTrue();
		StepVerifier
			.create(store.enter(TestCallers.local(ANN))
				.flatMap((place) -> place.open(subject))
				.flatMap(StreamLog::endRequested))
			.expectNext(EndRequest.SHUTDOWN)
			.expectComplete()
			.verify(Duration.ofSeconds(30));
	}

}
