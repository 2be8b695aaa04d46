package dev.runnel.conversation.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

import dev.runnel.conversation.ConversationChange;
import dev.runnel.conversation.ConversationFilter;
import dev.runnel.conversation.ConversationHead;
import dev.runnel.conversation.ConversationId;
import dev.runnel.conversation.ConversationSettings;
import dev.runnel.conversation.ImportedConversation;
import dev.runnel.conversation.Message;
import dev.runnel.conversation.MessageId;
import dev.runnel.conversation.PresetId;
import dev.runnel.conversation.Question;
import dev.runnel.conversation.TimeUuid;
import dev.runnel.upstream.Role;
import dev.runnel.web.ProblemException;
import dev.runnel.web.Visitor;
import org.awaitility.Awaitility;
import org.h2.api.Trigger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Conversations that are unused for long are deleted automatically, in both databases.
 */
@Tag("one-jdk")
@Timeout(120)
class RetentionTests {

	@RegisterExtension
	static final Postgres postgres = new Postgres();

	private static final String RETENTION = "runnel.conversation.retention=30d";

	private static final Visitor ANN = new Visitor("ann");

	private static final Visitor BOB = new Visitor("bob");

	/** More conversations than one page of deletions. */
	private static final int OLD = 250;

	private static ConversationId add(Storage storage, Duration age, boolean pinned) {
		return add(storage, ANN, age, pinned);
	}

	/** Adds a conversation that was stored this long ago. */
	private static ConversationId add(Storage storage, Visitor owner, Duration age, boolean pinned) {
		Instant then = Instant.now().minus(age);
		UUID id = new UUID(TimeUuid.least(then).getMostSignificantBits(), TimeUuid.next().getLeastSignificantBits());
		Storage.done(storage.bean(Database.class)
			.inTransaction((client) -> client
				.sql("insert into conversation (id, owner, title, titled_by_hand, pinned, created_at, updated_at,"
						+ " next_position) values (:id, :owner, 't', false, :pinned, :then, :then, 0)")
				.bind("id", id)
				.bind("owner", owner.id())
				.bind("pinned", pinned)
				.bind("then", Rows.stored(then))
				.then()));
		return new ConversationId(id);
	}

	private static ConversationId addImport(Storage storage, Visitor owner) {
		Instant then = Instant.now().minus(Duration.ofDays(900));
		Message question = new Message(new MessageId(UUID.randomUUID()), null, Role.USER, "ancient", then, null);
		return Storage.get(storage.conversations()
			.add(owner, new ImportedConversation("t", false, false, then, then, null, ConversationSettings.NONE,
					List.of(question))));
	}

	private static List<ConversationId> ids(Storage storage) {
		return Storage.all(storage.conversations().all(ANN)).stream().map(ConversationHead::id).toList();
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
				.untilAsserted(() -> assertThat(storage.deleted()).hasSize(OLD));
			assertThat(storage.deleted()).allMatch((event) -> event.owner().equals(ANN));
			assertThat(ids(storage)).containsExactlyInAnyOrder(pinned, young);
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
	void noQuestionWritesAnIndexForIt() {
		try (Storage storage = Storage.start("runnel.data-dir=mem")) {
			assertThat(Storage.get(storage.bean(Database.class)
				.read((client) -> client.sql("select index_name from information_schema.index_columns"
						+ " where table_name = 'CONVERSATION' and column_name = 'UPDATED_AT' and ordinal_position = 1")
					.map((row) -> Rows.text(row, "index_name"))
					.all())
				.collectList())).isEmpty();
		}
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
	void conversationUsedAgainAfterItWasFoundOldStays() {
		try (Storage storage = Storage.start("runnel.data-dir=mem")) {
			StoredConversations conversations = storage.bean(StoredConversations.class);
			ConversationId id = add(storage, Duration.ofDays(31), false);
			Instant limit = Instant.now().minus(Duration.ofDays(30));
			Storage.get(storage.turns().begin(ANN, new Question(id, null, "again", false), Storage.plan(100)));
			StepVerifier.create(conversations.deleteUnused(ANN, id, limit))
				.expectErrorMatches(ProblemException::isNotFound)
				.verify(Storage.LIMIT);
			assertThat(ids(storage)).containsExactly(id);
		}
	}

	@Test
	void anImportOfOldConversationsCountsFromItsDay() {
		try (Storage storage = Storage.start("runnel.data-dir=mem", RETENTION)) {
			ConversationId imported = addImport(storage, ANN);
			assertThat(Storage.get(storage.bean(Retention.class).deleteOld())).isZero();
			assertThat(ids(storage)).containsExactly(imported);
			Retention later = new Retention(storage.bean(Database.class), storage.bean(StoredConversations.class),
					Duration.ofDays(30), Clock.offset(Clock.systemUTC(), Duration.ofDays(31)));
			assertThat(Storage.get(later.deleteOld())).isEqualTo(1);
		}
	}

	private static AbsentVisitors absent(Storage storage, Duration later) {
		return new AbsentVisitors(storage.bean(Database.class), storage.bean(StoredConversations.class),
				storage.bean(Compaction.class), Duration.ofDays(90), Clock.offset(Clock.systemUTC(), later));
	}

	private static long notedVisits(Storage storage) {
		return notedVisits(storage, Instant.EPOCH);
	}

	private static long notedVisits(Storage storage, Instant after) {
		return Storage.get(storage.bean(Database.class)
			.read((client) -> client.sql("select count(*) as n from visitor where seen_at > :after")
				.bind("after", Rows.stored(after))
				.map((row) -> Rows.size(row, "n"))
				.all())
			.single());
	}

	private static void visitorsWhoDoNotComeBackAreForgotten(String... settings) {
		try (Storage storage = Storage.start(settings)) {
			add(storage, ANN, Duration.ofDays(900), true);
			add(storage, BOB, Duration.ofDays(900), false);
			Storage.get(storage.presets().add(ANN, "p", ConversationSettings.NONE));
			assertThat(Storage.get(absent(storage, Duration.ZERO).delete())).isZero();
			assertThat(Storage.get(absent(storage, Duration.ofDays(89)).delete())).isZero();
			Visits.in(storage.bean(Database.class), Clock.offset(Clock.systemUTC(), Duration.ofDays(50))).seen(BOB);
			Awaitility.await()
				.atMost(20, TimeUnit.SECONDS)
				.until(() -> notedVisits(storage, Instant.now().plus(Duration.ofDays(40))) == 1);
			assertThat(Storage.get(absent(storage, Duration.ofDays(91)).delete())).isEqualTo(1);
			assertThat(ids(storage)).isEmpty();
			assertThat(Storage.all(storage.presets().list(ANN))).isEmpty();
			assertThat(Storage.all(storage.conversations().all(BOB))).hasSize(1);
			assertThat(notedVisits(storage)).isEqualTo(1);
		}
	}

	@Test
	void visitorsWhoDoNotComeBackAreForgottenByTheEmbeddedDatabase() {
		visitorsWhoDoNotComeBackAreForgotten("runnel.data-dir=mem");
	}

	@Test
	void visitorsWhoDoNotComeBackAreForgottenByPostgres() {
		visitorsWhoDoNotComeBackAreForgotten("runnel.data-dir=mem", "runnel.database-url=" + postgres.newDatabase());
	}

	@Test
	void aVisitThatIsNotedAtTheSameMomentIsNoError(@TempDir Path folder) throws Exception {
		try (Storage storage = Storage.start("runnel.data-dir=" + folder)) {
			add(storage, Duration.ofDays(900), false);
			JdbcDatabase beside = JdbcDatabase.in(folder);
			beside.execute("create trigger visit_first before insert on visitor for each row call '"
					+ VisitFirst.class.getName() + "'");
			VisitFirst.beside.set(beside);
			assertThat(Storage.get(absent(storage, Duration.ZERO).delete())).isZero();
			assertThat(VisitFirst.beside.get()).isNull();
			assertThat(notedVisits(storage)).isEqualTo(1);
		}
	}

	@Test
	void aVisitIsNotedWhereTheSettingAsksForIt() {
		try (Storage storage = Storage.start("runnel.data-dir=mem")) {
			Storage.get(storage.conversations().list(ANN, ConversationFilter.ALL, null, 10));
			assertThat(notedVisits(storage)).isZero();
		}
		try (Storage storage = Storage.start("runnel.data-dir=mem", "runnel.conversation.visitor-retention=90d")) {
			Storage.get(storage.conversations().list(ANN, ConversationFilter.ALL, null, 10));
			Storage.get(storage.conversations().list(ANN, ConversationFilter.ALL, null, 10));
			Awaitility.await().atMost(20, TimeUnit.SECONDS).until(() -> notedVisits(storage) == 1);
		}
	}

	@Test
	void everyUseOfConversationsAndPresetsIsAVisit() {
		try (Storage storage = Storage.start("runnel.data-dir=mem", "runnel.conversation.visitor-retention=90d")) {
			ConversationId conversation = new ConversationId(UUID.randomUUID());
			PresetId preset = new PresetId(UUID.randomUUID());
			List<Function<Visitor, Publisher<?>>> uses = List.of(
					(visitor) -> storage.conversations().list(visitor, ConversationFilter.ALL, null, 10),
					(visitor) -> storage.conversations().search(visitor, "word", null, 10),
					(visitor) -> storage.conversations().messages(visitor, conversation),
					(visitor) -> storage.conversations()
						.change(visitor, conversation, new ConversationChange("t", null, null, null)),
					(visitor) -> storage.conversations().delete(visitor, conversation),
					(visitor) -> storage.presets().list(visitor),
					(visitor) -> storage.presets().add(visitor, "p", ConversationSettings.NONE),
					(visitor) -> storage.presets().change(visitor, preset, "p", ConversationSettings.NONE),
					(visitor) -> storage.presets().delete(visitor, preset));
			for (int i = 0; i < uses.size(); i++) {
				Visitor visitor = new Visitor("visitor " + i);
				Storage.done(Flux.from(uses.get(i).apply(visitor)).onErrorComplete(ProblemException.class).then());
			}
			Awaitility.await()
				.atMost(20, TimeUnit.SECONDS)
				.untilAsserted(() -> assertThat(notedVisits(storage)).isEqualTo(uses.size()));
		}
	}

	/** Commits a visit of Ann just before the first row of a visit is inserted. */
	public static final class VisitFirst implements Trigger {

		private static final AtomicReference<JdbcDatabase> beside = new AtomicReference<>();

		@Override
		public void fire(Connection connection, Object[] before, Object[] after) throws SQLException {
			JdbcDatabase database = beside.getAndSet(null);
			if (database != null) {
				database.execute("insert into visitor (id, seen_at) values ('ann', now())");
			}
		}

	}

}
