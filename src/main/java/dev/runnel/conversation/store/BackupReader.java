package dev.runnel.conversation.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a backup.
 */
final class BackupReader implements AutoCloseable {

	private static final JsonMapper JSON = JsonMapper.shared();

	/** The number of rows that are inserted at once. */
	private static final int BATCH = 20;

	private final ZipFile zip;

	private final Map<String, Long> rows;

	/**
	 * Opens a backup.
	 * @param file the file
	 * @throws IOException if the file cannot be read, or is not a backup that this
	 * version can read; the message says so
	 */
	BackupReader(Path file) throws IOException {
		this.zip = new ZipFile(file.toFile(), StandardCharsets.UTF_8);
		try {
			this.rows = rows(manifest());
		}
		catch (IOException | RuntimeException ex) {
			this.zip.close();
			throw ex;
		}
	}

	private BackupManifest manifest() throws IOException {
		try (InputStream in = open(BackupManifest.FILE)) {
			return JSON.readValue(in, BackupManifest.class);
		}
		catch (JacksonException ex) {
			throw new IOException("The file is not a backup of Runnel", ex);
		}
	}

	private static Map<String, Long> rows(BackupManifest manifest) throws IOException {
		if (!BackupManifest.FORMAT.equals(manifest.format()) || manifest.rows() == null) {
			throw new IOException("The file is not a backup of Runnel");
		}
		if (manifest.version() != BackupManifest.VERSION) {
			throw new IOException("The backup has the version " + manifest.version() + ", and only "
					+ BackupManifest.VERSION + " can be read");
		}
		return manifest.rows();
	}

	private InputStream open(String name) throws IOException {
		ZipEntry entry = this.zip.getEntry(name);
		if (entry == null) {
			throw new IOException("The file is not a complete backup of Runnel: it lacks " + name);
		}
		return this.zip.getInputStream(entry);
	}

	/**
	 * Reads all rows and compares their number with that in the manifest.
	 * @return the number of rows, by table
	 * @throws IOException if rows are missing or cannot be read
	 */
	Map<String, Long> check() throws IOException {
		for (BackupTable table : BackupTable.values()) {
			long count = 0;
			try (BufferedReader lines = lines(table)) {
				for (String line = lines.readLine(); line != null; line = lines.readLine()) {
					values(table, line);
					count++;
				}
			}
			check(table, count);
		}
		BackupContents.check(this.zip);
		return this.rows;
	}

	private void check(BackupTable table, long count) throws IOException {
		Long expected = this.rows.get(table.table());
		if (!Objects.equals(expected, count)) {
			throw new IOException(
					"The backup should have " + expected + " rows of " + table.table() + " and has " + count);
		}
	}

	private BufferedReader lines(BackupTable table) throws IOException {
		return new BufferedReader(new InputStreamReader(open(table.file()), StandardCharsets.UTF_8));
	}

	/**
	 * Returns the values of a row, each a text or null. A backup of an earlier version
	 * lacks the last columns of a table, which are null then.
	 */
	private static List<String> values(BackupTable table, String line) throws IOException {
		try {
			String[] values = JSON.readValue(line, String[].class);
			if (values.length <= table.columns().size()) {
				return Arrays.asList(Arrays.copyOf(values, table.columns().size()));
			}
		}
		catch (JacksonException ex) {
			throw new IOException("The backup has a row of " + table.table() + " that cannot be read", ex);
		}
		throw new IOException("The backup has a row of " + table.table() + " with other columns");
	}

	/**
	 * Inserts all rows, and restores the attached files.
	 * @param connection a connection in a transaction, which the caller commits
	 * @param contents the folder of the attached files; null if the database has them
	 * @throws IOException if the backup cannot be read or is incomplete
	 * @throws SQLException if the rows cannot be inserted
	 */
	void insert(Connection connection, @Nullable Path contents) throws IOException, SQLException {
		for (BackupTable table : BackupTable.values()) {
			try (PreparedStatement statement = connection.prepareStatement(table.insert());
					BufferedReader lines = lines(table)) {
				check(table, insert(table, statement, lines));
			}
		}
		new BackupContents(connection, contents).restore(this.zip);
	}

	private static long insert(BackupTable table, PreparedStatement statement, BufferedReader lines)
			throws IOException, SQLException {
		long count = 0;
		for (String line = lines.readLine(); line != null; line = lines.readLine()) {
			bind(table, statement, values(table, line));
			statement.addBatch();
			count++;
			if (count % BATCH == 0) {
				statement.executeBatch();
			}
		}
		statement.executeBatch();
		return count;
	}

	private static void bind(BackupTable table, PreparedStatement statement, List<String> values) throws SQLException {
		for (int i = 0; i < values.size(); i++) {
			String value = values.get(i);
			statement.setObject(i + 1, (value != null) ? table.columns().get(i).parser().apply(value) : null);
		}
	}

	/**
	 * Returns the visitors' secret.
	 * @return the secret; null if the backup has none
	 * @throws IOException if it cannot be read
	 */
	byte @Nullable [] secret() throws IOException {
		ZipEntry entry = this.zip.getEntry(Backup.SECRET);
		if (entry == null) {
			return null;
		}
		try (InputStream in = this.zip.getInputStream(entry)) {
			return in.readNBytes(Backup.MAX_SECRET_BYTES);
		}
	}

	@Override
	public void close() throws IOException {
		this.zip.close();
	}

}
