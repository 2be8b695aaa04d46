package dev.runnel.conversation.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.runnel.conversation.Question;
import dev.runnel.conversation.Turn;
import dev.runnel.web.Visitor;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Deleted words are in no file of the search index when their removal completes.
 */
@Timeout(120)
class ForgottenWordsTests {

	private static final Visitor ANN = new Visitor("ann");

	private static final String GONE = "qzxgonemarkerjvw";

	/** Deleted words in one of these are less than the tenth that Lucene tolerates. */
	private static final int MESSAGES = 100;

	private static final int ROUNDS = 20;

	/** More than Lucene leaves unmerged, so that merges run in the background. */
	private static final int SEGMENTS = 15;

	@TempDir
	private Path folder;

	private final UUID gone = UUID.randomUUID();

	private LuceneIndex open() throws IOException {
		return LuceneIndex.open(this.folder, UUID.randomUUID());
	}

	private static void put(LuceneIndex index, UUID conversation, String text) throws IOException {
		index.put(ANN.id(), conversation, UUID.randomUUID(), 1, text);
	}

	private List<String> filesWithGone() throws IOException {
		return MarkedFiles.containing(this.folder, GONE);
	}

	@Test
	void fewDeletedWordsAmongMany() throws IOException {
		try (LuceneIndex index = open()) {
			for (int i = 0; i < MESSAGES; i++) {
				put(index, UUID.randomUUID(), "a giraffe");
			}
			put(index, this.gone, GONE);
			assertThat(index.find(ANN.id(), List.of(GONE))).hasSize(1);
			assertThat(filesWithGone()).isNotEmpty();
			index.remove(this.gone);
			index.forgetDeleted();
			assertThat(filesWithGone()).isEmpty();
			assertThat(index.find(ANN.id(), List.of("giraffe"))).hasSize(MESSAGES);
		}
	}

	@Test
	void wordsThatAreSearchedAndMergedMeanwhile() throws IOException {
		AtomicBoolean over = new AtomicBoolean();
		try (LuceneIndex index = open()) {
			CompletableFuture<Void> searches = CompletableFuture.runAsync(() -> searchUntil(over, index));
			try {
				for (int i = 0; i < ROUNDS; i++) {
					removeOneOfManySegments(index);
					assertThat(filesWithGone()).as("files in round " + i).isEmpty();
				}
			}
			finally {
				over.set(true);
				searches.join();
			}
		}
	}

	private static void searchUntil(AtomicBoolean over, LuceneIndex index) {
		try {
			while (!over.get()) {
				index.find(ANN.id(), List.of("g"));
			}
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

	private void removeOneOfManySegments(LuceneIndex index) throws IOException {
		put(index, this.gone, GONE);
		for (int i = 0; i < SEGMENTS; i++) {
			put(index, UUID.randomUUID(), "a giraffe");
			index.find(ANN.id(), List.of("giraffe"));
		}
		index.remove(this.gone);
		index.forgetDeleted();
	}

	@Test
	void wordsThatARunHasReadBeforeTheirDeletion() throws IOException {
		ThreadPoolExecutor thread = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
		CountDownLatch busy = new CountDownLatch(1);
		thread.submit(() -> busy.await(1, TimeUnit.MINUTES));
		try (Storage storage = Storage.start("runnel.data-dir=mem")) {
			closeSearch(storage);
			CountingConnections connections = new CountingConnections(storage.bean(DatabaseConnections.class));
			Turn turn = answered(storage);
			try (LuceneIndex index = open()) {
				index.markComplete();
				try (SearchIndexer indexer = new SearchIndexer(connections.database(false), index,
						Schedulers.fromExecutorService(thread))) {
					untilSomethingWaitsFor(thread);
					Storage.done(storage.conversations().delete(ANN, turn.conversation()));
					CompletableFuture<Void> forgotten = indexer.forgetDeleted().toFuture();
					busy.countDown();
					Storage.done(Mono.fromFuture(forgotten));
					assertThat(index.find(ANN.id(), List.of(GONE))).isEmpty();
					assertThat(filesWithGone()).isEmpty();
				}
			}
		}
		finally {
			thread.shutdownNow();
		}
	}

	/** Leaves all tasks to the indexer of the test. */
	private static void closeSearch(Storage storage) throws IOException {
		LateSearch search = storage.bean(LateSearch.class);
		Storage.done(Mono.create((stopped) -> search.stop(stopped::success)));
		search.close();
	}

	private static Turn answered(Storage storage) {
		Turn turn = Storage
			.get(storage.turns().begin(ANN, new Question(null, null, "a question", false), Storage.plan(100)));
		Storage.done(storage.turns().end(turn, BenchmarkTexts.answer(GONE)));
		return turn;
	}

	/** The run has then read the answer, and is about to put it into the index. */
	private static void untilSomethingWaitsFor(ThreadPoolExecutor thread) {
		Awaitility.await().atMost(Storage.LIMIT).until(() -> thread.getQueue().size() == 1);
	}

}
