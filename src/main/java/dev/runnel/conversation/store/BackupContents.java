package dev.runnel.conversation.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bytes of attached files in a backup: one zip entry for each content. A backup of a
 * folder can be restored into a table, and the other way round.
 *
 * @param connection a connection in a transaction
 * @param folder the folder of the contents; null if the database has them
 */
record BackupContents(Connection connection, @Nullable Path folder) {

	private static final Logger log = LoggerFactory.getLogger(BackupContents.class);

	/** The beginning of the names of the zip entries, before the id of the content. */
	static final String ENTRIES = "files/";

	private static final String PIECES = "select bytes from attachment_piece where content_id = ? order by number";

	private static final String INSERT = "insert into attachment_piece (content_id, number, bytes) values (?, ?, ?)";

	/** The number of pieces that a driver may hold at once. */
	private static final int FETCH = 20;

	/**
	 * Writes all contents.
	 * @param zip the backup
	 * @throws IOException if a file cannot be read or written
	 * @throws SQLException if the database cannot be read
	 */
	void write(ZipOutputStream zip) throws IOException, SQLException {
		for (UUID id : ids()) {
			zip.putNextEntry(new ZipEntry(ENTRIES + id));
			if (this.folder != null) {
				copy(this.folder.resolve(id.toString()), zip);
			}
			else {
				copyPieces(id, zip);
			}
			zip.closeEntry();
		}
	}

	private List<UUID> ids() throws SQLException {
		List<UUID> ids = new ArrayList<>();
		try (Statement statement = this.connection.createStatement();
				ResultSet row = statement.executeQuery("select id from attachment_content")) {
			while (row.next()) {
				ids.add(row.getObject(1, UUID.class));
			}
		}
		return ids;
	}

	/** A file whose last conversation was deleted meanwhile is gone. */
	private static void copy(Path file, OutputStream out) throws IOException {
		try {
			Files.copy(file, out);
		}
		catch (NoSuchFileException ex) {
			log.info("The file {} was deleted during the backup", file.getFileName());
		}
	}

	private void copyPieces(UUID id, OutputStream out) throws IOException, SQLException {
		try (PreparedStatement statement = this.connection.prepareStatement(PIECES)) {
			statement.setFetchSize(FETCH);
			statement.setObject(1, id);
			try (ResultSet row = statement.executeQuery()) {
				while (row.next()) {
					out.write(row.getBytes(1));
				}
			}
		}
	}

	/**
	 * Reads all contents of a backup, so that a damaged one is noticed.
	 * @param backup the backup
	 * @throws IOException if one is damaged
	 */
	static void check(ZipFile backup) throws IOException {
		for (ZipEntry entry : entries(backup)) {
			try (InputStream in = backup.getInputStream(entry)) {
				in.transferTo(OutputStream.nullOutputStream());
			}
		}
	}

	private static List<? extends ZipEntry> entries(ZipFile backup) {
		return backup.stream().filter((entry) -> entry.getName().startsWith(ENTRIES)).toList();
	}

	/**
	 * Restores all contents, after their rows.
	 * @param backup the backup
	 * @throws IOException if a file cannot be read or written
	 * @throws SQLException if the database cannot be written
	 */
	void restore(ZipFile backup) throws IOException, SQLException {
		if (this.folder != null) {
			Files.createDirectories(this.folder);
		}
		for (ZipEntry entry : entries(backup)) {
			UUID id = UUID.fromString(entry.getName().substring(ENTRIES.length()));
			try (InputStream in = backup.getInputStream(entry)) {
				restore(id, in);
			}
		}
	}

	private void restore(UUID id, InputStream in) throws IOException, SQLException {
		if (this.folder != null) {
			Files.copy(in, this.folder.resolve(id.toString()), StandardCopyOption.REPLACE_EXISTING);
			return;
		}
		try (PreparedStatement statement = this.connection.prepareStatement(INSERT)) {
			int number = 0;
			byte[] piece = in.readNBytes(AttachmentContents.PIECE_BYTES);
			while (piece.length > 0) {
				statement.setObject(1, id);
				statement.setInt(2, number);
				statement.setBytes(3, piece);
				statement.executeUpdate();
				number++;
				piece = in.readNBytes(AttachmentContents.PIECE_BYTES);
			}
		}
	}

}
