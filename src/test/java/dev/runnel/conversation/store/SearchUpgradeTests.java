package dev.runnel.conversation.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.runnel.web.Visitor;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.NIOFSDirectory;
import org.awaitility.Awaitility;
import org.flywaydb.core.Flyway;
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

	private static void fill(String kind, String jdbc, String user, String password) throws SQLException {
		Flyway.configure()
			.dataSource(jdbc, user, password)
			.locations("classpath:db/migration/" + kind)
			.target("2")
			.load()
			.migrate();
		try (Connection connection = DriverManager.getConnection(jdbc, user, password);
				Statement statement = connection.createStatement()) {
			String id = "'00000000-0000-7000-8000-000000000001'";
			statement.execute("insert into conversation (id, owner, title, titled_by_hand, pinned, created_at,"
					+ " updated_at, current_id, next_position) values (" + id
					+ ", 'ann', '服务端计划', false, false, now(), now(), null, 1)");
			String message = "'00000000-0000-7000-8000-000000000002'";
			statement.execute("insert into message (id, conversation_id, owner, position, depth, role, content,"
					+ " created_at) values (" + message + ", " + id + ", 'ann', 0, 0, 'USER', '请修改youer设置', now())");
		}
	}

	private static void assertFound(String... settings) {
		try (Storage storage = Storage.start(settings)) {
			for (String query : new String[] { "服务端", "youer" }) {
				Awaitility.await()
					.atMost(20, TimeUnit.SECONDS)
					.untilAsserted(() -> assertThat(Storage.get(storage.library().search(ANN, query, null, 10)).hits())
						.as(query)
						.hasSize(1));
			}
		}
	}

	@Test
	void ofPostgres() throws Exception {
		String url = postgres.newDatabase();
		String jdbc = url.replaceFirst("r2dbc:postgresql://[^@]+@", "jdbc:postgresql://");
		fill("postgresql", jdbc, "postgres", "postgres");
		assertFound("runnel.data-dir=mem", "runnel.database-url=" + url);
	}

	@Test
	void ofTheEmbeddedDatabase() throws Exception {
		String jdbc = "jdbc:h2:file:" + this.folder.resolve("runnel");
		fill("h2", jdbc, "sa", "");
		String mark;
		try (Connection connection = DriverManager.getConnection(jdbc, "sa", "");
				ResultSet row = connection.createStatement().executeQuery("select id from search_mark")) {
			row.next();
			mark = row.getString(1);
		}
		try (IndexWriter old = new IndexWriter(new NIOFSDirectory(this.folder.resolve("search")),
				new IndexWriterConfig())) {
			old.setLiveCommitData(Map.of("database", mark).entrySet());
			old.commit();
		}
		assertFound("runnel.data-dir=" + this.folder);
	}

}
