package dev.runnel.conversation.store;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

/**
 * A real PostgreSQL, started once for all tests. If it cannot run, the tests are skipped
 * with a message, unless {@code RUNNEL_REQUIRE_POSTGRES=true} (environment or system
 * property) requires it. PostgreSQL refuses to run as root, so for root it is started in
 * a user namespace of its own.
 */
public final class Postgres implements BeforeAllCallback {

	private static final AtomicInteger databases = new AtomicInteger();

	private EmbeddedPostgres server;

	@Override
	public void beforeAll(ExtensionContext context) {
		this.server = context.getRoot()
			.getStore(Namespace.create(Postgres.class))
			.computeIfAbsent(Running.class, (key) -> Running.start(), Running.class)
			.server();
	}

	/**
	 * Creates an empty database.
	 * @return the address of the database
	 */
	public String newDatabase() {
		String name = "runnel" + databases.incrementAndGet();
		try (Connection connection = this.server.getPostgresDatabase().getConnection();
				Statement statement = connection.createStatement()) {
			statement.execute("create database " + name);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
		return "r2dbc:postgresql://postgres:postgres@127.0.0.1:" + this.server.getPort() + "/" + name;
	}

	/**
	 * Builds a server with the locale that the tests need. No test switches the machine
	 * off, so the server does not wait for the disk.
	 */
	static EmbeddedPostgres.Builder builder() {
		return EmbeddedPostgres.builder()
			.setLocaleConfig("locale", "C.UTF-8")
			.setServerConfig("fsync", "off")
			.setPGStartupWait(Duration.ofMinutes(2));
	}

	/** The running server. It stops after the last test. */
	private record Running(EmbeddedPostgres server) implements AutoCloseable {

		static Running start() {
			try {
				return new Running(builder().start());
			}
			catch (IOException | IllegalStateException ex) {
				String required = System.getProperty("RUNNEL_REQUIRE_POSTGRES",
						System.getenv("RUNNEL_REQUIRE_POSTGRES"));
				if (Boolean.parseBoolean(required)) {
					fail("PostgreSQL cannot be started", ex);
				}
				abort("PostgreSQL cannot be started: " + ex);
				throw ex instanceof IllegalStateException illegal ? illegal : new IllegalStateException(ex);
			}
		}

		@Override
		public void close() throws IOException {
			this.server.close();
		}

	}

}
