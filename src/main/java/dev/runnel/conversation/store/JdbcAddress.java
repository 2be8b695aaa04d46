package dev.runnel.conversation.store;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;

import dev.runnel.data.DataSettings;
import io.r2dbc.spi.ConnectionFactoryOptions;
import io.r2dbc.spi.Option;

/**
 * The address of the database for JDBC, for work that reads or writes all of it.
 *
 * @param url the address, which may contain a password
 * @param user the user
 * @param password the password
 * @param isPostgres whether it is PostgreSQL
 */
record JdbcAddress(String url, String user, String password, boolean isPostgres) {

	/**
	 * Returns the address of the configured database.
	 * @param settings the address of a PostgreSQL database, if there is one
	 * @param data the directory of the embedded database
	 * @return the address
	 * @throws IllegalArgumentException if the settings name no database that is kept
	 */
	static JdbcAddress of(DatabaseSettings settings, DataSettings data) {
		if (settings.usesPostgres()) {
			PostgresAddress address = PostgresAddress.parse(Objects.requireNonNull(settings.databaseUrl()));
			return new JdbcAddress(address.jdbc(), text(address.options(), ConnectionFactoryOptions.USER),
					text(address.options(), ConnectionFactoryOptions.PASSWORD), true);
		}
		if (data.inMemory()) {
			throw new IllegalArgumentException("runnel.data-dir is mem, so nothing is kept that a backup could hold");
		}
		return EmbeddedDatabase.of(data).byJdbc();
	}

	private static String text(ConnectionFactoryOptions options, Option<?> option) {
		Object value = options.getValue(option);
		return (value != null) ? value.toString() : "";
	}

	/**
	 * Returns the address of a database that must exist already.
	 * @return an address that creates no embedded database
	 */
	JdbcAddress existing() {
		return this.isPostgres ? this : new JdbcAddress(this.url + ";IFEXISTS=TRUE", this.user, this.password, false);
	}

	/**
	 * Opens a connection for one transaction that sees one state of all tables, whatever
	 * others write meanwhile. Results are read row by row and are never in memory as a
	 * whole.
	 * @return the connection
	 * @throws SQLException if the database cannot be opened
	 */
	Connection connect() throws SQLException {
		Connection connection = DriverManager.getConnection(this.url, this.user, this.password);
		try {
			connection.setAutoCommit(false);
			isolate(connection);
			return connection;
		}
		catch (SQLException ex) {
			connection.close();
			throw ex;
		}
	}

	private void isolate(Connection connection) throws SQLException {
		if (this.isPostgres) {
			connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
			return;
		}
		try (Statement statement = connection.createStatement()) {
			statement.execute("set lazy_query_execution 1");
			statement.execute("set session characteristics as transaction isolation level snapshot");
		}
	}

	/** The address is omitted because it may contain a password. */
	@Override
	public String toString() {
		return "JdbcAddress[isPostgres=" + this.isPostgres + "]";
	}

}
