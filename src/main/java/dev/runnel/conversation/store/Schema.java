package dev.runnel.conversation.store;

import java.io.IOException;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * The tables of the database. Flyway migrates them over JDBC, because it supports no
 * R2DBC. Runnel calls Flyway itself, because Spring Boot's support for it needs Spring
 * JDBC and cannot name the setting in its error message.
 */
final class Schema {

	private static final Logger log = LoggerFactory.getLogger(Schema.class);

	private static final String SCRIPTS = "classpath:db/migration/";

	/** Flyway's table, which has the names of its scripts. */
	private static final String HISTORY = "select \"script\" from \"flyway_schema_history\" where \"success\"";

	private Schema() {
	}

	/**
	 * Migrates the schema.
	 * @param kind the folder of the migrations
	 * @param jdbc the JDBC address of the database
	 * @param user the user
	 * @param password the password
	 * @param trouble the beginning of the message if the database cannot be used
	 * @return the id of the database, the same after every start
	 * @throws IllegalArgumentException if the database cannot be used
	 */
	static UUID migrate(String kind, String jdbc, String user, String password, Function<Throwable, String> trouble) {
		try (Connection connection = DriverManager.getConnection(jdbc, user, password)) {
			if (!isCurrent(connection, kind)) {
				Flyway.configure().dataSource(jdbc, user, password).locations(SCRIPTS + kind).load().migrate();
			}
			return id(connection);
		}
		catch (FlywayException | SQLException | IOException ex) {
			Throwable cause = ex;
			while (cause.getCause() != null) {
				cause = cause.getCause();
			}
			throw new IllegalArgumentException(trouble.apply(ex) + ": " + reason(cause), ex);
		}
	}

	/**
	 * Whether every script has run. Otherwise Flyway determines the missing ones. It
	 * takes much longer, and most starts have nothing to migrate.
	 */
	private static boolean isCurrent(Connection connection, String kind) throws IOException {
		Set<String> all = new HashSet<>();
		for (Resource script : new PathMatchingResourcePatternResolver().getResources(SCRIPTS + kind + "/*.sql")) {
			all.add(Objects.requireNonNull(script.getFilename()));
		}
		return !all.isEmpty() && history(connection).containsAll(all);
	}

	/** The scripts that have run; none if the database is new. */
	private static Set<String> history(Connection connection) {
		Set<String> scripts = new HashSet<>();
		try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(HISTORY)) {
			while (rows.next()) {
				scripts.add(rows.getString(1));
			}
		}
		catch (SQLException ex) {
			log.debug("The history of the schema cannot be read", ex);
		}
		return scripts;
	}

	private static UUID id(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("select id from search_mark")) {
			row.next();
			return row.getObject(1, UUID.class);
		}
	}

	/**
	 * Says in one line why a database cannot be used.
	 * @param cause the innermost error
	 * @return the first line of its message
	 */
	static String reason(Throwable cause) {
		String reason = Objects.requireNonNullElse(cause.getMessage(), cause.getClass().getSimpleName())
			.lines()
			.findFirst()
			.orElse("unknown reason");
		return (cause instanceof UnknownHostException) ? "there is no host " + reason : reason;
	}

}
