package dev.runnel.conversation.store;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.runnel.web.Visitor;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.NIOFSDirectory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests a database and an index of an earlier version, which read words differently: soon
 * after the start, the search finds everything.
 */
@Timeout(120)
class SearchUpgradeTests {

	@RegisterExtension
	static final Postgres postgres = new Postgres();

	private static final Visitor ANN = new Visitor("ann");

	@TempDir
	private Path folder;

	private static void fill(JdbcDatabase database) throws SQLException {
		database.migrate("2");
		String id = "00000000-0000-7000-8000-000000000001";
		database.addConversation(id, "服务端计划");
		database.execute("insert into message (id, conversation_id, owner, position, depth, role, content,"
				+ " created_at) values ('00000000-0000-7000-8000-000000000002', '" + id
				+ "', 'ann', 0, 0, 'USER', '请修改youer设置', now())");
	}

	private static void assertFound(String... settings) {
		try (Storage storage = Storage.start(settings)) {
			for (String query : new String[] { "服务端", "youer" }) {
				Awaitility.await()
					.atMost(20, TimeUnit.SECONDS)
					.untilAsserted(
							() -> assertThat(Storage.get(storage.conversations().search(ANN, query, null, 10)).hits())
								.as(query)
								.hasSize(1));
			}
		}
	}

	@Test
	void ofPostgres() throws Exception {
		String url = postgres.newDatabase();
		fill(JdbcDatabase.at(url));
		assertFound("runnel.data-dir=mem", "runnel.database-url=" + url);
	}

	@Test
	void ofTheEmbeddedDatabase() throws Exception {
		JdbcDatabase database = JdbcDatabase.in(this.folder);
		fill(database);
		String mark = database.query("select id from search_mark");
		try (IndexWriter old = new IndexWriter(new NIOFSDirectory(this.folder.resolve("search")),
				new IndexWriterConfig())) {
			old.setLiveCommitData(Map.of("database", mark).entrySet());
			old.commit();
		}
		assertFound("runnel.data-dir=" + this.folder);
	}

}
