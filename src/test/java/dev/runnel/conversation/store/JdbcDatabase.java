package dev.runnel.conversation.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.TreeSet;

import org.flywaydb.core.Flyway;

/**
 * A database over JDBC, to prepare the schema of an earlier version or to write beside
 * the application.
 *
 * @param kind the directory of its migrations
 * @param jdbc its address
 * @param user its user
 * @param password the user's password
 */
record JdbcDatabase(String kind, String jdbc, String user, String password) {

	/** The embedded database of a data directory. */
	static JdbcDatabase in(Path directory) {
		return new JdbcDatabase("h2", "jdbc:h2:file:" + directory.resolve("runnel"), "sa", "");
	}

	/** The PostgreSQL database with this R2DBC address. */
	static JdbcDatabase at(String url) {
		return new JdbcDatabase("postgresql", url.replaceFirst("r2dbc:postgresql://[^@]+@", "jdbc:postgresql://"),
				"postgres", "postgres");
	}

	/** Creates the schema of a version. */
	void migrate(String version) {
		Flyway.configure()
			.dataSource(this.jdbc, this.user, this.password)
			.locations("classpath:db/migration/" + this.kind)
			.target(version)
			.load()
			.migrate();
	}

	/** Adds a conversation without messages. */
	void addConversation(String id, String title) throws SQLException {
		execute("insert into conversation (id, owner, title, titled_by_hand, pinned, created_at, updated_at,"
				+ " current_id, next_position) values ('" + id + "', 'ann', '" + title
				+ "', false, false, now(), now(), null, 2)");
	}

	void execute(String sql) throws SQLException {
		try (Connection connection = connect(); Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	/** Returns the first column of the first row as text. */
	String query(String sql) throws SQLException {
		try (Connection connection = connect(); ResultSet row = connection.createStatement().executeQuery(sql)) {
			row.next();
			return row.getString(1);
		}
	}

	/** Returns the first column of all rows as text. */
	Set<String> list(String sql) throws SQLException {
		try (Connection connection = connect(); ResultSet row = connection.createStatement().executeQuery(sql)) {
			Set<String> values = new TreeSet<>();
			while (row.next()) {
				values.add(row.getString(1));
			}
			return values;
		}
	}

	private Connection connect() throws SQLException {
		return DriverManager.getConnection(this.jdbc, this.user, this.password);
	}

}
