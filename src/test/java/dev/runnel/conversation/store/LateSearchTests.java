package dev.runnel.conversation.store;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import dev.runnel.conversation.Question;
import dev.runnel.conversation.Turn;
import dev.runnel.web.Visitor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LateSearch}.
 */
@Timeout(60)
class LateSearchTests {

	private static final Visitor ANN = new Visitor("ann");

	private static final Duration LIMIT = Duration.ofSeconds(20);

	@Test
	void nothingIsOpenedBeforeTheStart() throws IOException {
		AtomicInteger opened = new AtomicInteger();
		try (LateSearch search = new LateSearch(() -> {
			opened.incrementAndGet();
			throw new IOException("not needed");
		}, Duration.ZERO)) {
			search.changed();
			assertThat(search.isRunning()).isFalse();
		}
		assertThat(opened).hasValue(0);
	}

	@Test
	void anIndexThatCannotBeOpenedIsTriedOnceAndFailsSearchesOnly() throws IOException {
		AtomicInteger opened = new AtomicInteger();
		try (LateSearch search = new LateSearch(() -> {
			opened.incrementAndGet();
			throw new IOException("no room");
		}, Duration.ZERO)) {
			search.start();
			for (int i = 0; i < 2; i++) {
				StepVerifier.create(search.find(ANN, List.of("zebra"), null, 10))
					.expectErrorMessage("no room")
					.verify(LIMIT);
			}
			search.changed();
		}
		assertThat(opened).hasValue(1);
	}

	@Test
	void anIndexThatNobodyNeededIsNotOpenedAtTheStop() throws Exception {
		CountDownLatch stopped = new CountDownLatch(1);
		AtomicInteger opened = new AtomicInteger();
		try (LateSearch search = new LateSearch(() -> {
			opened.incrementAndGet();
			throw new IOException("not needed");
		}, Duration.ofHours(1))) {
			search.start();
			search.stop(stopped::countDown);
			assertThat(stopped.await(20, TimeUnit.SECONDS)).isTrue();
			assertThat(search.isRunning()).isFalse();
		}
		assertThat(opened).hasValue(0);
	}

	@Test
	void aSearchDoesNotWaitForThePause() throws IOException {
		try (LateSearch search = new LateSearch(() -> {
			throw new IOException("no room");
		}, Duration.ofHours(1))) {
			search.start();
			StepVerifier.create(search.find(ANN, List.of("zebra"), null, 10))
				.expectErrorMessage("no room")
				.verify(LIMIT);
		}
	}

	@Test
	void theFirstSearchAfterAStartFindsWhatWasStoredBefore(@TempDir Path folder) {
		try (Storage storage = Storage.start("runnel.data-dir=" + folder)) {
			Turn turn = Storage
				.get(storage.turns().begin(ANN, new Question(null, null, "a zebra", false), Storage.plan(100)));
			Storage.done(storage.turns().end(turn, BenchmarkTexts.answer("an answer")));
		}
		try (Storage storage = Storage.start("runnel.data-dir=" + folder)) {
			assertThat(Storage.get(storage.conversations().search(ANN, "zebra", null, 10)).hits()).hasSize(1);
		}
	}

	@Test
	void theStopWaitsForAnIndexThatIsBeingOpened() throws Exception {
		CountDownLatch opening = new CountDownLatch(1);
		CountDownLatch mayFail = new CountDownLatch(1);
		CountDownLatch stopped = new CountDownLatch(1);
		AtomicBoolean failed = new AtomicBoolean();
		try (LateSearch search = new LateSearch(() -> {
			opening.countDown();
			mayFail.await();
			failed.set(true);
			throw new IOException("too late");
		}, Duration.ZERO)) {
			search.start();
			assertThat(opening.await(20, TimeUnit.SECONDS)).isTrue();
			search.stop(stopped::countDown);
			assertThat(search.isRunning()).isTrue();
			mayFail.countDown();
			assertThat(stopped.await(20, TimeUnit.SECONDS)).isTrue();
			assertThat(failed).isTrue();
			assertThat(search.isRunning()).isFalse();
		}
	}

}
