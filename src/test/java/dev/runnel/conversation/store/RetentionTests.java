package dev.runnel.conversation.store;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import dev.runnel.conversation.ConversationHead;
import dev.runnel.conversation.ConversationId;
import dev.runnel.conversation.ConversationSettings;
import dev.runnel.conversation.ImportedConversation;
import dev.runnel.conversation.Message;
import dev.runnel.conversation.MessageId;
import dev.runnel.conversation.Question;
import dev.runnel.upstream.Role;
import dev.runnel.web.ProblemException;
import dev.runnel.web.Visitor;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Conversations that are unused for long are deleted automatically, in both databases.
 */
@Timeout(120)
class RetentionTests {

	@RegisterExtension
	static final Postgres postgres = new Postgres();

	private static final String RETENTION = "runnel.conversation.retention=30d";

	private static final Visitor ANN = new Visitor("ann");

	/** More conversations than one page of deletions. */
	private static final int OLD = 250;

	private static ConversationId add(Storage storage, Duration age, boolean pinned) {
		Instant then = Instant.now().minus(age);
		Message question = new Message(new MessageId(UUID.randomUUID()), null, Role.USER, "ancient", then, null);
		return Storage.get(storage.library()
			.add(ANN, new ImportedConversation("t", false, pinned, then, then, null, ConversationSettings.NONE,
					List.of(question))));
	}

	private static List<ConversationId> ids(Storage storage) {
		return Storage.all(storage.library().all(ANN)).stream().map(ConversationHead::id).toList();
	}

	private static void oldOnesGoAtTheStartAndLater(String... settings) {
		ConversationId pinned;
		ConversationId young;
		try (Storage storage = Storage.start(settings)) {
			pinned = add(storage, Duration.ofDays(90), true);
			young = add(storage, Duration.ofDays(29), false);
			for (int i = 0; i < OLD; i++) {
				add(storage, Duration.ofDays(31), false);
			}
		}
		try (Storage storage = Storage.start(settings)) {
			assertThat(ids(storage)).hasSize(OLD + 2);
		}
		String[] withRetention = Arrays.copyOf(settings, settings.length + 1);
		withRetention[settings.length] = RETENTION;
		try (Storage storage = Storage.start(withRetention)) {
			Awaitility.await()
				.atMost(30, TimeUnit.SECONDS)
				.untilAsserted(() -> assertThat(ids(storage)).containsExactlyInAnyOrder(pinned, young));
			assertThat(storage.deleted()).hasSize(OLD).allMatch((event) -> event.owner().equals(ANN));
			ConversationId old = add(storage, Duration.ofDays(31), false);
			assertThat(ids(storage)).contains(old);
			assertThat(Storage.get(storage.bean(Retention.class).deleteOld())).isEqualTo(1);
			assertThat(ids(storage)).containsExactlyInAnyOrder(pinned, young);
			assertThat(Storage.get(storage.bean(Retention.class).deleteOld())).isZero();
		}
	}

	@Test
	void fromTheEmbeddedDatabase(@TempDir Path folder) {
		oldOnesGoAtTheStartAndLater("runnel.data-dir=" + folder);
	}

	@Test
	void fromPostgres() {
		oldOnesGoAtTheStartAndLater("runnel.data-dir=mem", "runnel.database-url=" + postgres.newDatabase());
	}

	@Test
	void twoServersThatLookAtOnceDoNotDisturbEachOther() {
		String url = "runnel.database-url=" + postgres.newDatabase();
		try (Storage one = Storage.start("runnel.data-dir=mem", url, RETENTION);
				Storage other = Storage.start("runnel.data-dir=mem", url, RETENTION)) {
			for (int i = 0; i < OLD; i++) {
				add(one, Duration.ofDays(31), false);
			}
			Storage
				.get(one.bean(Retention.class).deleteOld().zipWith(other.bean(Retention.class).deleteOld(), Long::sum));
			assertThat(ids(one)).isEmpty();
			assertThat(one.deleted().size() + other.deleted().size()).isEqualTo(OLD);
		}
	}

	@Test
	void whatIsUsedAgainAfterItWasFoundOldStays() {
		try (Storage storage = Storage.start("runnel.data-dir=mem")) {
			StoredConversations library = storage.bean(StoredConversations.class);
			ConversationId id = add(storage, Duration.ofDays(31), false);
			Instant limit = Instant.now().minus(Duration.ofDays(30));
			Storage.get(storage.conversations().begin(ANN, new Question(id, null, "again", false), Storage.plan(100)));
			StepVerifier.create(library.deleteUnused(ANN, id, limit))
				.expectErrorMatches(ProblemException::isNotFound)
				.verify(Storage.LIMIT);
			assertThat(ids(storage)).containsExactly(id);
		}
	}

}
