package dev.runnel.conversation.store;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

/**
 * A real PostgreSQL, started once for all tests. Where it cannot run the tests are
 * skipped and say so, unless {@code RUNNEL_REQUIRE_POSTGRES=true} (environment or system
 * property) asks for it. Started by root it runs in a user namespace of its own, since it
 * refuses to be root.
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
	 * Makes an empty database.
	 * @return its address
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

	/** Starts a server as the tests need it. */
	static EmbeddedPostgres.Builder builder() {
		return EmbeddedPostgres.builder().setLocaleConfig("locale", "C.UTF-8");
	}

	/** The server, which stops when the last test has run. */
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
