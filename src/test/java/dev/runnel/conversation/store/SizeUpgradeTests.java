package dev.runnel.conversation.store;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Conversations of an earlier version are counted like new ones, in bytes.
 */
@Timeout(120)
class SizeUpgradeTests {

	@RegisterExtension
	static final Postgres postgres = new Postgres();

	private static final String SETTINGS = "{\"system\":\"größer\"}";

	private static final String TEXT = "Köln €😀";

	private static final String REASONING = "日本語";

	private static int utf8(String text) {
		return text.getBytes(StandardCharsets.UTF_8).length;
	}

	private static void assertCounted(JdbcDatabase database, String... settings) throws SQLException {
		database.migrate("4");
		String id = "00000000-0000-7000-8000-000000000001";
		database.addConversation(id, "t");
		database.execute("update conversation set settings = '" + SETTINGS + "'");
		String insert = "insert into message (id, conversation_id, owner, position, depth, created_at, role, content,"
				+ " reasoning, state) values ('00000000-0000-7000-8000-00000000001%1$s', '" + id
				+ "', 'ann', %1$s, %1$s, now(), ";
		database.execute(insert.formatted(0) + "'USER', '" + TEXT + "', null, null)");
		database.execute(insert.formatted(1) + "'ASSISTANT', '" + TEXT + "', '" + REASONING + "', 'COMPLETE')");
		try (Storage storage = Storage.start(settings)) {
			assertThat(Storage.get(storage.bean(Database.class)
				.read((client) -> client.sql("select bytes from conversation")
					.map((row) -> Rows.size(row, "bytes"))
					.all())
				.single())).isEqualTo(512 + 2 * 256 + utf8(SETTINGS) + 2 * utf8(TEXT) + utf8(REASONING));
		}
	}

	@Test
	void byPostgres() throws Exception {
		String url = postgres.newDatabase();
		assertCounted(JdbcDatabase.at(url), "runnel.data-dir=mem", "runnel.database-url=" + url);
	}

	@Test
	void byTheEmbeddedDatabase(@TempDir Path folder) throws Exception {
		assertCounted(JdbcDatabase.in(folder), "runnel.data-dir=" + folder);
	}

}
