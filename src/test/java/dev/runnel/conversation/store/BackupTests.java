package dev.runnel.conversation.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

import dev.runnel.conversation.Answer;
import dev.runnel.conversation.AnswerDelta;
import dev.runnel.conversation.AnswerState;
import dev.runnel.conversation.ConversationHead;
import dev.runnel.conversation.ConversationSettings;
import dev.runnel.conversation.Message;
import dev.runnel.conversation.NewAttachment;
import dev.runnel.conversation.Question;
import dev.runnel.conversation.Turn;
import dev.runnel.data.DataSettings;
import dev.runnel.upstream.Attachment;
import dev.runnel.upstream.Citation;
import dev.runnel.upstream.FinishReason;
import dev.runnel.upstream.Source;
import dev.runnel.upstream.UpstreamFailure;
import dev.runnel.web.Visitor;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A backup holds all that a server stores, of one state, and can be restored to either
 * kind of database.
 */
@Tag("one-jdk")
class BackupTests {

	@RegisterExtension
	static final Postgres postgres = new Postgres();

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private static final Visitor ANN = new Visitor("ann");

	/**
	 * Tables and columns without anything to keep: signs of life, the search index, the
	 * versions of the schema, and what lets somebody in and may have ended after the
	 * backup.
	 */
	private static final Set<String> LEFT_OUT = Set.of("server", "search_task", "search_mark", "conversation.words",
			"message.words", "flyway_schema_history", "account_session", "account_link", "attachment_piece");

	private static final String ACCOUNT = "'00000000-0000-0000-0000-000000000001'";

	private static final List<String> ROWS_OF_AN_ACCOUNT = List.of(
			"account values (" + ACCOUNT + ", 'Ann', 'ann', 'hash', 'ADMIN', false, now())",
			"account_identity values ('header', 'at-home', " + ACCOUNT + ")",
			"access_key values (" + ACCOUNT + ", 'key', " + ACCOUNT + ", 'script', 'read', now(), null, now())",
			"account_session values (" + ACCOUNT + ", 'session', " + ACCOUNT + ", 'phone', now(), now(), now(), null,"
					+ " 'there', 'encrypted')",
			"account_link values ('link', 'PASSWORD', null, " + ACCOUNT + ", now())");

	@TempDir
	private Path folder;

	/**
	 * A database of its own.
	 *
	 * @param dataDir the data directory, or mem
	 * @param url the address of PostgreSQL; null for the embedded database
	 */
	private record Place(String dataDir, String url) {

		Storage start() {
			return (this.url != null) ? Storage.start("runnel.data-dir=mem", "runnel.database-url=" + this.url)
					: Storage.start("runnel.data-dir=" + this.dataDir);
		}

		JdbcDatabase jdbc() {
			return (this.url != null) ? JdbcDatabase.at(this.url) : JdbcDatabase.in(Path.of(this.dataDir));
		}

		Backup backup() {
			return new Backup(new DatabaseSettings(this.url), new DataSettings(this.dataDir));
		}

	}

	private Place place(String kind, String name) {
		return kind.equals("postgresql") ? new Place("mem", postgres.newDatabase())
				: new Place(this.folder.resolve(name).toString(), null);
	}

	private static Turn ask(Storage storage, String text) {
		return Storage.get(storage.turns().begin(ANN, new Question(null, null, text, false), Storage.plan(100_000)));
	}

	private static List<Message> messages(Storage storage, Turn turn) {
		return Storage.all(storage.conversations().messages(ANN, turn.conversation()));
	}

	private static Answer answer(String text) {
		return new Answer(AnswerState.COMPLETE, text, "Hm.\n", Source.OPENROUTER, "acme/chat-1", null,
				FinishReason.STOP, null, Duration.ofMillis(120), Duration.ofMillis(80), Duration.ofMillis(900),
				List.of(new Citation("https://a.example/1", null)), UpstreamFailure.Kind.CREDITS);
	}

	@ParameterizedTest
	@CsvSource({ "embedded,embedded", "embedded,postgresql", "postgresql,embedded", "postgresql,postgresql" })
	void allComesBackWhileAnswersAreWritten(String from, String to) throws Exception {
		Place source = place(from, "source");
		Place target = place(to, "target");
		Path file = this.folder.resolve("backup.zip");
		Turn ended;
		Turn running;
		List<Message> before;
		List<ConversationHead> heads;
		try (Storage storage = source.start()) {
			ended = ask(storage, "How? \uD83C\uDF75 \"quoted\"\n");
			Storage.done(storage.turns().end(ended, answer("So **it** is [1].")));
			running = ask(storage, "And then?");
			Storage.done(storage.turns().append(running, new AnswerDelta("so far", "thought")));
			Storage.get(storage.presets().add(ANN, "Mine", ConversationSettings.NONE));
			before = messages(storage, ended);
			heads = Storage.all(storage.conversations().all(ANN));
			assertThat(source.backup().write(file)).contains(Map.entry("conversation", 2L), Map.entry("message", 4L),
					Map.entry("running_answer", 1L), Map.entry("preset", 1L));
		}
		target.backup().restore(file);
		try (Storage storage = target.start()) {
			assertThat(messages(storage, ended)).isEqualTo(before);
			assertThat(Storage.all(storage.conversations().all(ANN))).isEqualTo(heads);
			assertThat(Storage.all(storage.presets().list(ANN))).hasSize(1);
			Awaitility.await().atMost(LIMIT).untilAsserted(() -> {
				Answer cut = messages(storage, running).get(1).answer();
				assertThat(cut.state()).isEqualTo(AnswerState.INTERRUPTED);
				assertThat(cut.content()).isEqualTo("so far");
				assertThat(cut.reasoning()).isEqualTo("thought");
			});
			Awaitility.await()
				.atMost(LIMIT)
				.untilAsserted(
						() -> assertThat(Storage.get(storage.conversations().search(ANN, "quoted", null, 10)).hits())
							.hasSize(1));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "embedded", "postgresql" })
	void eachColumnOfEachTableIsInABackup(String kind) throws Exception {
		Place place = place(kind, "source");
		place.start().close();
		Set<String> stored = place.jdbc()
			.list("select lower(table_name) || '.' || lower(column_name) from information_schema.columns"
					+ " where lower(table_schema) = 'public' and is_generated = 'NEVER'");
		assertThat(stored).hasSizeGreaterThan(50);
		stored.removeIf((column) -> LEFT_OUT.contains(column) || LEFT_OUT.contains(column.split("\\.")[0]));
		assertThat(stored).containsExactlyInAnyOrderElementsOf(Stream.of(BackupTable.values())
			.flatMap((table) -> table.columns().stream().map((column) -> table.table() + "." + column.name()))
			.toList());
	}

	@ParameterizedTest
	@CsvSource({ "embedded,postgresql", "postgresql,embedded" })
	void accountsAndTheirKeysComeBackAndSessionsAndLinksEnd(String from, String to) throws Exception {
		Place source = place(from, "source");
		Place target = place(to, "target");
		source.start().close();
		for (String row : ROWS_OF_AN_ACCOUNT) {
			source.jdbc().execute("insert into " + row);
		}
		Path file = this.folder.resolve("backup.zip");
		source.backup().write(file);
		target.backup().restore(file);
		assertThat(target.jdbc()
			.list("select a.login || ' ' || a.password || ' ' || i.subject || ' ' || k.name || ' ' || k.scopes"
					+ " from account a join account_identity i on i.account_id = a.id"
					+ " join access_key k on k.account_id = a.id where not a.disabled and k.used_at is null"))
			.containsExactly("ann hash at-home script read");
		assertThat(target.jdbc()
			.query("select (select count(*) from account_session) + (select count(*) from account_link)"))
			.isEqualTo("0");
		assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> target.backup().restore(file))
			.withMessageContaining("is not empty");
	}

	@ParameterizedTest
	@CsvSource({ "embedded,embedded", "embedded,postgresql", "postgresql,embedded", "postgresql,postgresql" })
	void attachedFilesComeBack(String from, String to) throws Exception {
		Place source = place(from, "source");
		Place target = place(to, "target");
		Path file = this.folder.resolve("backup.zip");
		byte[] bytes = new byte[2 * AttachmentContents.PIECE_BYTES + 5];
		new Random(1).nextBytes(bytes);
		Attachment attached;
		Turn turn;
		try (Storage storage = source.start()) {
			Path content = Files.write(this.folder.resolve("upload"), bytes);
			attached = Storage.get(storage.bean(StoredAttachments.class)
				.add(ANN, new NewAttachment(content, "0".repeat(64), "map.png", "image/png", bytes.length, null, 4, 3,
						null, 1)));
			turn = Storage.get(storage.turns()
				.begin(ANN, new Question(null, null, "Where?", false, List.of(attached)), Storage.plan(1000)));
			Storage.done(storage.turns().end(turn, answer("Here.")));
			assertThat(source.backup().write(file)).contains(Map.entry("attachment", 1L),
					Map.entry("attachment_content", 1L), Map.entry("message_attachment", 1L));
		}
		target.backup().restore(file);
		try (Storage storage = target.start()) {
			assertThat(messages(storage, turn).get(0).attachments()).containsExactly(attached);
			ByteArrayOutputStream read = new ByteArrayOutputStream();
			Storage.all(storage.bean(StoredAttachments.class).read(attached)).forEach(read::writeBytes);
			assertThat(read.toByteArray()).isEqualTo(bytes);
		}
	}

	@Test
	void theSecretOfTheVisitorsComesBack() throws Exception {
		Place source = place("embedded", "source");
		Place target = place("embedded", "target");
		source.start().close();
		byte[] secret = "a secret of at least thirty-two bytes".getBytes(StandardCharsets.US_ASCII);
		Files.write(this.folder.resolve("source/visitor-secret"), secret);
		Path file = this.folder.resolve("backup.zip");
		source.backup().write(file);
		target.backup().restore(file);
		assertThat(this.folder.resolve("target/visitor-secret")).hasBinaryContent(secret);
	}

	@Test
	void aDatabaseWithConversationsIsNotOverwritten() throws Exception {
		Place place = place("embedded", "source");
		Path file = this.folder.resolve("backup.zip");
		try (Storage storage = place.start()) {
			Storage.done(storage.turns().end(ask(storage, "How?"), answer("So.")));
			place.backup().write(file);
		}
		assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> place.backup().restore(file))
			.withMessageContaining("is not empty");
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> place.backup().write(file))
			.withMessageContaining("There is already a file");
	}

	@Test
	void aBackupThatLacksRowsIsNotRestored() throws Exception {
		Place source = place("embedded", "source");
		Path file = this.folder.resolve("backup.zip");
		try (Storage storage = source.start()) {
			Storage.done(storage.turns().end(ask(storage, "How?"), answer("So.")));
			source.backup().write(file);
		}
		Path damaged = Files.write(this.folder.resolve("damaged.zip"),
				without("message.jsonl", Files.readAllBytes(file)));
		Place target = place("embedded", "target");
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> target.backup().restore(damaged))
			.withMessageContaining("2 rows of message and has 0");
		assertThat(this.folder.resolve("target/runnel.mv.db")).doesNotExist();
	}

	/** Writes a backup of one answer in which each row of a message is changed. */
	private Path withMessages(Place source, UnaryOperator<String> change) throws Exception {
		Path file = this.folder.resolve("whole.zip");
		try (Storage storage = source.start()) {
			Storage.done(storage.turns().end(ask(storage, "How?"), answer("So.")));
			source.backup().write(file);
		}
		return Files.write(this.folder.resolve("changed.zip"),
				changed("message.jsonl", Files.readAllBytes(file),
						(rows) -> rows.lines()
							.map((row) -> change.apply(row.substring(0, row.lastIndexOf(']'))) + "]\n")
							.collect(Collectors.joining())));
	}

	@ParameterizedTest
	@ValueSource(strings = { "embedded", "postgresql" })
	void aBackupOfAnEarlierVersionLacksTheLastColumns(String to) throws Exception {
		Place source = place("embedded", "source");
		Place target = place(to, "target");
		target.backup().restore(withMessages(source, (row) -> row.substring(0, row.lastIndexOf(','))));
		assertThat(source.jdbc().query("select count(*) from message where fallback is not null")).isEqualTo("1");
		assertThat(target.jdbc().query("select count(*) from message where fallback is null and owner = 'ann'"))
			.isEqualTo("2");
	}

	@Test
	void aBackupWithMoreColumnsIsNotRestored() throws Exception {
		Path file = withMessages(place("embedded", "source"), (row) -> row + ",null");
		Place target = place("embedded", "target");
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> target.backup().restore(file))
			.withMessageContaining("a row of message with other columns");
	}

	/** Returns a zip in which one file is empty. */
	private static byte[] without(String name, byte[] zip) throws IOException {
		return changed(name, zip, (text) -> "");
	}

	/** Returns a zip in which the text of one file is changed. */
	private static byte[] changed(String name, byte[] zip, UnaryOperator<String> change) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip));
				ZipOutputStream out = new ZipOutputStream(bytes)) {
			for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
				out.putNextEntry(new ZipEntry(entry.getName()));
				byte[] content = in.readAllBytes();
				out.write(entry.getName().equals(name)
						? change.apply(new String(content, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8)
						: content);
			}
		}
		return bytes.toByteArray();
	}

	@Test
	void anotherFileIsNoBackup() throws Exception {
		Place target = place("embedded", "target");
		Path file = Files.write(this.folder.resolve("other.zip"), without("", new byte[0]));
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> target.backup().restore(file))
			.withMessageContaining("is not a complete backup");
	}

	@Test
	void aServerInMemoryHasNoBackup() {
		Backup backup = new Backup(new DatabaseSettings(null), new DataSettings("mem"));
		assertThatExceptionOfType(IllegalArgumentException.class)
			.isThrownBy(() -> backup.write(this.folder.resolve("backup.zip")))
			.withMessageContaining("runnel.data-dir is mem");
	}

	@Test
	void aMissingDatabaseIsNotCreated() {
		Place place = place("embedded", "source");
		assertThatExceptionOfType(SQLException.class)
			.isThrownBy(() -> place.backup().write(this.folder.resolve("backup.zip")));
		assertThat(this.folder.resolve("source/runnel.mv.db")).doesNotExist();
	}

}
