package dev.runnel.conversation.store;

import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.runnel.conversation.Answer;
import dev.runnel.conversation.AnswerDelta;
import dev.runnel.conversation.AnswerState;
import dev.runnel.conversation.Message;
import dev.runnel.conversation.Question;
import dev.runnel.conversation.Turn;
import dev.runnel.upstream.Source;
import dev.runnel.web.ProblemException;
import dev.runnel.web.Visitor;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests a PostgreSQL that becomes unavailable during an answer and comes back.
 */
@Timeout(120)
class LostDatabaseTests {

	/** Skips the tests if PostgreSQL cannot run. */
	@RegisterExtension
	static final Postgres postgres = new Postgres();

	private static final Visitor ANN = new Visitor("ann");

	@TempDir
	private Path folder;

	private EmbeddedPostgres start(int port) throws Exception {
		return Postgres.builder()
			.setPort(port)
			.setDataDirectory(this.folder.resolve("pg"))
			.setCleanDataDirectory(false)
			.start();
	}

	private static int freePort() throws Exception {
		try (ServerSocket free = new ServerSocket(0)) {
			return free.getLocalPort();
		}
	}

	@Test
	void aRunningAnswerIsStoredWhenTheDatabaseIsBack() throws Exception {
		Files.createDirectories(this.folder.resolve("pg"));
		int port = freePort();
		EmbeddedPostgres server = start(port);
		try (Storage storage = Storage.start("runnel.data-dir=mem",
				"runnel.database-url=r2dbc:postgresql://postgres:postgres@127.0.0.1:" + port + "/postgres")) {
			Turn turn = Storage.get(begin(storage));
			server.close();
			StepVerifier.create(storage.turns().append(turn, new AnswerDelta("first, ", "")))
				.expectError()
				.verify(Storage.LIMIT);
			StepVerifier.create(begin(storage))
				.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOfSatisfying(ProblemException.class,
						(problem) -> assertThat(problem.getStatusCode().value()).isEqualTo(503)))
				.verify(Storage.LIMIT);
			server = start(port);
			untilKept(storage, turn, "first, ");
			server.close();
			StepVerifier.create(storage.turns().end(turn, answer("first, then the end")))
				.expectError()
				.verify(Storage.LIMIT);
			server = start(port);
			untilKept(storage, turn, "first, then the end");
		}
		finally {
			server.close();
		}
	}

	private static Mono<Turn> begin(Storage storage) {
		return storage.turns().begin(ANN, new Question(null, null, "q", false), Storage.plan(100));
	}

	private static void untilKept(Storage storage, Turn turn, String text) {
		Awaitility.await().atMost(30, TimeUnit.SECONDS).ignoreExceptions().untilAsserted(() -> {
			List<Message> messages = storage.conversations()
				.messages(ANN, turn.conversation())
				.collectList()
				.toFuture()
				.get(10, TimeUnit.SECONDS);
			assertThat(messages).extracting(Message::content).containsExactly("q", text);
		});
	}

	private static Answer answer(String text) {
		return new Answer(AnswerState.COMPLETE, text, "", Source.OPENROUTER, "acme/chat-1", null, null, null, null,
				Duration.ofSeconds(1));
	}

}
