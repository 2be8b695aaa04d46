package dev.runnel.conversation.store;

import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * The tables of the database. Flyway migrates them over JDBC, because it supports no
 * R2DBC. Runnel calls Flyway itself, because Spring Boot's support for it needs Spring
 * JDBC and cannot name the setting in its error message.
 */
final class Schema {

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
		try {
			Flyway flyway = Flyway.configure()
				.dataSource(jdbc, user, password)
				.locations("classpath:db/migration/" + kind)
				.load();
			flyway.migrate();
			try (Connection connection = flyway.getConfiguration().getDataSource().getConnection();
					Statement statement = connection.createStatement();
					ResultSet row = statement.executeQuery("select id from search_mark")) {
				row.next();
				return row.getObject(1, UUID.class);
			}
		}
		catch (FlywayException | SQLException ex) {
			Throwable cause = ex;
			while (cause.getCause() != null) {
				cause = cause.getCause();
			}
			throw new IllegalArgumentException(trouble.apply(ex) + ": " + reason(cause), ex);
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
