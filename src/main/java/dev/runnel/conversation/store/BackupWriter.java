package dev.runnel.conversation.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes a backup: a zip with one file for each table, in which each line is a row as a
 * JSON array, the attached files, the visitors' secret, and the manifest as the last
 * file.
 */
final class BackupWriter {

	private static final JsonMapper JSON = JsonMapper.shared();

	/** The number of rows that a driver may read at once. */
	private static final int FETCH = 20;

	private final Connection connection;

	private final ZipOutputStream zip;

	private final Map<String, Long> rows = new TreeMap<>();

	private BackupWriter(Connection connection, OutputStream out) {
		this.connection = connection;
		this.zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
	}

	/**
	 * Writes a backup.
	 * @param connection a connection in a transaction that sees one state of all tables
	 * @param contents the folder of the attached files; null if the database has them
	 * @param secret the file of the visitors' secret; null or missing if there is none
	 * @param file the file of the backup, which exists and is empty
	 * @throws IOException if a file cannot be read or written
	 * @throws SQLException if the database cannot be read
	 */
	static void write(Connection connection, @Nullable Path contents, @Nullable Path secret, Path file)
			throws IOException, SQLException {
		try (OutputStream out = Files.newOutputStream(file)) {
			BackupWriter writer = new BackupWriter(connection, out);
			for (BackupTable table : BackupTable.values()) {
				writer.write(table);
			}
			new BackupContents(connection, contents).write(writer.zip);
			writer.write(secret);
			writer.end();
		}
	}

	private void write(BackupTable table) throws IOException, SQLException {
		this.zip.putNextEntry(new ZipEntry(table.file()));
		try (Statement statement = this.connection.createStatement()) {
			statement.setFetchSize(FETCH);
			try (ResultSet row = statement.executeQuery(table.select())) {
				this.rows.put(table.table(), write(table, row));
			}
		}
		this.zip.closeEntry();
	}

	private long write(BackupTable table, ResultSet row) throws IOException, SQLException {
		long count = 0;
		while (row.next()) {
			this.zip.write(JSON.writeValueAsBytes(values(table, row)));
			this.zip.write('\n');
			count++;
		}
		return count;
	}

	/** Returns the values of a row, each a text or null. */
	private static List<String> values(BackupTable table, ResultSet row) throws SQLException {
		List<String> values = new ArrayList<>();
		for (BackupColumn column : table.columns()) {
			values.add(column.read(row, values.size() + 1));
		}
		return values;
	}

	private void write(@Nullable Path secret) throws IOException {
		if (secret != null && Files.exists(secret)) {
			this.zip.putNextEntry(new ZipEntry(Backup.SECRET));
			Files.copy(secret, this.zip);
			this.zip.closeEntry();
		}
	}

	private void end() throws IOException {
		this.zip.putNextEntry(new ZipEntry(BackupManifest.FILE));
		this.zip.write(JSON.writeValueAsBytes(new BackupManifest(BackupManifest.FORMAT, BackupManifest.VERSION,
				Instant.now().toString(), this.rows)));
		this.zip.closeEntry();
		this.zip.finish();
	}

}
