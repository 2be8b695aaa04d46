package dev.runnel.conversation.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

import dev.runnel.data.DataSettings;
import dev.runnel.data.WholeFile;
import org.jspecify.annotations.Nullable;

/**
 * Backs up the conversations, presets, visitors and accounts of a server and the
 * visitors' secret, as one file, and restores it. A backup of one kind of database can be
 * restored to the other. It is consistent while others write: one transaction reads all
 * tables in one state.
 */
public final class Backup {

	/** The name of the visitors' secret in the data directory and in a backup. */
	static final String SECRET = "visitor-secret";

	/** Larger than any real secret. */
	static final int MAX_SECRET_BYTES = 64 * 1024;

	private final DatabaseSettings settings;

	private final DataSettings data;

	Backup(DatabaseSettings settings, DataSettings data) {
		this.settings = settings;
		this.data = data;
	}

	/**
	 * Returns whether the settings name a database that is kept.
	 * @return false if all data is lost at the end of the process
	 */
	public boolean isPossible() {
		return this.settings.usesPostgres() || !this.data.inMemory();
	}

	/**
	 * Writes a backup. The file appears when it is complete, and has been read again and
	 * counted.
	 * @param file the file, which must not exist; its user alone can read it
	 * @return the number of rows, by table
	 * @throws IOException if the file exists or cannot be written
	 * @throws SQLException if the database cannot be read, or does not exist
	 * @throws IllegalArgumentException if the settings name no database that is kept
	 */
	public Map<String, Long> write(Path file) throws IOException, SQLException {
		Path target = file.toAbsolutePath();
		if (Files.exists(target)) {
			throw new IOException("There is already a file " + target);
		}
		Path draft = Files.createTempFile(target.getParent(), "backup", null);
		try {
			Map<String, Long> rows = fill(draft);
			Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
			return rows;
		}
		finally {
			Files.deleteIfExists(draft);
		}
	}

	/**
	 * Writes a backup into an empty file, reads it again and counts it.
	 * @param file the file, which exists; it is incomplete if this fails
	 * @return the number of rows, by table
	 * @throws IOException if the file cannot be written
	 * @throws SQLException if the database cannot be read, or does not exist
	 * @throws IllegalArgumentException if the settings name no database that is kept
	 */
	public Map<String, Long> fill(Path file) throws IOException, SQLException {
		writeOrAsk(JdbcAddress.of(this.settings, this.data).existing(), file);
		return check(file);
	}

	/**
	 * Only one process can use the embedded database, so a running server writes the
	 * backup for another process.
	 */
	private void writeOrAsk(JdbcAddress address, Path draft) throws IOException, SQLException {
		try (Connection connection = address.connect()) {
			BackupWriter.write(connection, contents(address), secret(), draft);
			connection.rollback();
		}
		catch (SQLException ex) {
			if (!EmbeddedDatabase.isInUse(ex)) {
				throw ex;
			}
			BackupRequest.in(this.data.directory()).await(draft);
		}
	}

	private static Map<String, Long> check(Path file) throws IOException {
		try (BackupReader written = new BackupReader(file)) {
			return written.check();
		}
	}

	/** Brings the tables to the version of this program, like the start of a server. */
	private static void migrate(JdbcAddress address) {
		Schema.migrate(address.isPostgres() ? "postgresql" : "h2", address.url(), address.user(), address.password(),
				(ex) -> "The database cannot be opened");
	}

	/** Returns the folder of the attached files; null if the database has them. */
	private @Nullable Path contents(JdbcAddress address) {
		return address.isPostgres() ? null : this.data.directory().resolve(ContentsInFolder.NAME);
	}

	/**
	 * Returns the file of the secret; null without a data directory, where none is kept.
	 */
	private @Nullable Path secret() {
		return this.data.inMemory() ? null : this.data.directory().resolve(SECRET);
	}

	/**
	 * Restores a backup into an empty database. No server may use it meanwhile.
	 * @param file the backup
	 * @return the number of rows, by table
	 * @throws IOException if the file cannot be read or is not a complete backup
	 * @throws SQLException if the database cannot be written
	 * @throws IllegalArgumentException if the database is not empty
	 */
	public Map<String, Long> restore(Path file) throws IOException, SQLException {
		JdbcAddress address = JdbcAddress.of(this.settings, this.data);
		try (BackupReader backup = new BackupReader(file)) {
			Map<String, Long> rows = backup.check();
			migrate(address);
			try (Connection connection = address.connect()) {
				checkEmpty(connection);
				backup.insert(connection, contents(address));
				askForIndex(connection, address);
				connection.commit();
			}
			restoreSecret(backup.secret());
			return rows;
		}
	}

	private static void checkEmpty(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("select exists (select 1 from conversation)"
						+ " or exists (select 1 from preset) or exists (select 1 from account)")) {
			if (row.next() && row.getBoolean(1)) {
				throw new IllegalArgumentException("The database is not empty. A backup is restored into an empty one");
			}
		}
	}

	/** The search index of the embedded database is a folder that a backup leaves out. */
	private static void askForIndex(Connection connection, JdbcAddress address) throws SQLException {
		if (!address.isPostgres()) {
			try (Statement statement = connection.createStatement()) {
				statement.execute("insert into search_task (conversation_id) select id from conversation");
			}
		}
	}

	/** A secret that is already there stays, because its visitors may be in use. */
	private void restoreSecret(byte @Nullable [] secret) throws IOException {
		Path file = secret();
		if (secret != null && file != null && !Files.exists(file)) {
			WholeFile.create(file, secret);
		}
	}

}
