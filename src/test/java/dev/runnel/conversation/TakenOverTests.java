package dev.runnel.conversation;

import java.util.UUID;

import dev.runnel.web.Visitor;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Answers of a server that gives no more signs of life, where several share a database.
 */
@Timeout(120)
class TakenOverTests {

	private static final Visitor ANN = new Visitor("ann");

	@RegisterExtension
	static final Postgres postgres = new Postgres();

	@Test
	void anotherServerEndsThemAndKeepsWhatCame() {
		String url = "runnel.database-url=" + postgres.newDatabase();
		try (Storage storage = Storage.start("runnel.data-dir=mem", url)) {
			Turn lost = begin(storage);
			Turn running = begin(storage);
			Storage.done(storage.conversations().append(lost, new AnswerPart("So far", "Hm")));
			giveTo(storage, lost, UUID.randomUUID());
			Awaitility.await()
				.atMost(Storage.LIMIT)
				.untilAsserted(() -> assertThat(answer(storage, lost)).satisfies((answer) -> {
					assertThat(answer.state()).isEqualTo(AnswerState.INTERRUPTED);
					assertThat(answer.content()).isEqualTo("So far");
					assertThat(answer.reasoning()).isEqualTo("Hm");
				}));
			assertThat(answer(storage, running).state()).isEqualTo(AnswerState.STREAMING);
		}
	}

	private static Turn begin(Storage storage) {
		return Storage
			.get(storage.conversations().begin(ANN, new Question(null, null, "Hi", false), (settings, asked) -> 1000));
	}

	private static void giveTo(Storage storage, Turn turn, UUID server) {
		Storage.get(storage.bean(Database.class)
			.once((client) -> client.sql("update running_answer set server_id = :server where message_id = :id")
				.bind("server", server)
				.bind("id", turn.answer().value())
				.fetch()
				.rowsUpdated()));
	}

	private static Answer answer(Storage storage, Turn turn) {
		Message message = Storage.all(storage.library().messages(ANN, turn.conversation()))
			.stream()
			.filter((one) -> one.id().equals(turn.answer()))
			.findFirst()
			.orElseThrow();
		Answer answer = message.answer();
		assertThat(answer).isNotNull();
		return answer;
	}

}
