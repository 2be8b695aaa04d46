package dev.runnel.conversation.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import dev.runnel.conversation.Answer;
import dev.runnel.conversation.AnswerState;
import dev.runnel.conversation.ConversationId;
import dev.runnel.conversation.ConversationSettings;
import dev.runnel.conversation.ImportedConversation;
import dev.runnel.conversation.Question;
import dev.runnel.conversation.Turn;
import dev.runnel.upstream.Source;
import dev.runnel.web.ProblemException;
import dev.runnel.web.Visitor;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A library is handed over and deleted as a whole, in both databases.
 */
@Timeout(120)
class LibrariesTests {

	@RegisterExtension
	static final Postgres postgres = new Postgres();

	private final Visitor browser = new Visitor("browser-" + UUID.randomUUID());

	private final Visitor account = new Visitor("account-" + UUID.randomUUID());

	private final Visitor other = new Visitor("other-" + UUID.randomUUID());

	private static Turn ask(Storage storage, Visitor visitor, String text) {
		return Storage.get(storage.turns().begin(visitor, new Question(null, null, text, false), Storage.plan(1000)));
	}

	private static Turn exchange(Storage storage, Visitor visitor, String text) {
		Turn turn = ask(storage, visitor, text);
		Storage.done(storage.turns()
			.end(turn, new Answer(AnswerState.COMPLETE, "An answer about herons", "", Source.OPENROUTER, "acme/chat-1",
					"Acme", null, null, Duration.ofMillis(1), null, Duration.ofMillis(2))));
		return turn;
	}

	private static int found(Storage storage, Visitor visitor) {
		return Storage.get(storage.conversations().search(visitor, "herons", null, 10)).hits().size();
	}

	private static int count(Storage storage, Visitor visitor) {
		return Storage.all(storage.conversations().all(visitor)).size();
	}

	private void everythingChangesItsOwnerAndGoesWithIt(String... settings) {
		try (Storage storage = Storage.start(settings)) {
			Turn turn = exchange(storage, this.browser, "One");
			exchange(storage, this.browser, "Two");
			exchange(storage, this.other, "Another's");
			Storage.get(storage.presets().add(this.browser, "Brief", ConversationSettings.NONE));
			Awaitility.await().atMost(Storage.LIMIT).until(() -> found(storage, this.browser) == 2);
			assertThat(Storage.get(storage.libraries().hasConversations(this.account))).isFalse();
			Storage.done(storage.libraries().handOver(this.browser, this.account));
			assertThat(Storage.get(storage.libraries().hasConversations(this.browser))).isFalse();
			assertThat(count(storage, this.browser)).isZero();
			assertThat(count(storage, this.account)).isEqualTo(2);
			assertThat(Storage.all(storage.conversations().messages(this.account, turn.conversation()))).hasSize(2);
			assertThat(Storage.all(storage.presets().list(this.account))).hasSize(1);
			Awaitility.await().atMost(Storage.LIMIT).until(() -> found(storage, this.account) == 2);
			assertThat(found(storage, this.browser)).isZero();
			Storage.done(storage.libraries().deleteAll(this.account));
			assertThat(count(storage, this.account)).isZero();
			assertThat(Storage.all(storage.presets().list(this.account))).isEmpty();
			assertThat(count(storage, this.other)).isEqualTo(1);
		}
	}

	@Test
	void everythingChangesItsOwnerAndGoesWithItInTheEmbeddedDatabase() {
		everythingChangesItsOwnerAndGoesWithIt("runnel.data-dir=mem");
	}

	@Test
	void everythingChangesItsOwnerAndGoesWithItInPostgres() {
		everythingChangesItsOwnerAndGoesWithIt("runnel.data-dir=mem", "runnel.database-url=" + postgres.newDatabase());
	}

	private void bothMayHaveImportedTheSame(String... settings) {
		try (Storage storage = Storage.start(settings)) {
			bring(storage, this.browser, "shared");
			ConversationId alone = bring(storage, this.browser, "alone");
			ConversationId there = bring(storage, this.account, "shared");
			Storage.done(storage.libraries().handOver(this.browser, this.account));
			assertThat(count(storage, this.account)).isEqualTo(3);
			assertThat(Storage.get(storage.conversations().imported(this.account, "shared")).id()).isEqualTo(there);
			assertThat(Storage.get(storage.conversations().imported(this.account, "alone")).id()).isEqualTo(alone);
		}
	}

	private static ConversationId bring(Storage storage, Visitor visitor, String origin) {
		return Storage.get(storage.conversations().add(visitor, fromElsewhere(origin)));
	}

	private static ImportedConversation fromElsewhere(String origin) {
		return new ImportedConversation("Old", false, false, Instant.EPOCH, Instant.EPOCH, null,
				ConversationSettings.NONE, List.of(), origin);
	}

	@Test
	void bothMayHaveImportedTheSameInTheEmbeddedDatabase() {
		bothMayHaveImportedTheSame("runnel.data-dir=mem");
	}

	@Test
	void bothMayHaveImportedTheSameInPostgres() {
		bothMayHaveImportedTheSame("runnel.data-dir=mem", "runnel.database-url=" + postgres.newDatabase());
	}

	@Test
	void nothingChangesItsOwnerWhileAnAnswerIsWritten() {
		try (Storage storage = Storage.start("runnel.data-dir=mem")) {
			exchange(storage, this.browser, "One");
			ask(storage, this.browser, "Two");
			StepVerifier.create(storage.libraries().handOver(this.browser, this.account))
				.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOfSatisfying(ProblemException.class,
						(problem) -> assertThat(problem.getStatusCode().value()).isEqualTo(409)))
				.verify(Storage.LIMIT);
			assertThat(count(storage, this.browser)).isEqualTo(2);
		}
	}

}
