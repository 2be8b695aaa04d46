package dev.runnel.conversation.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

import dev.runnel.data.DataSettings;
import io.r2dbc.h2.H2ConnectionConfiguration;
import io.r2dbc.h2.H2ConnectionFactory;
import io.r2dbc.spi.ConnectionFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The embedded database, which is a file or in memory.
 *
 * @param address its address in H2's form, without the options
 * @param options its options in H2's form
 */
record EmbeddedDatabase(String address, Map<String, String> options) {

	private static final Logger log = LoggerFactory.getLogger(EmbeddedDatabase.class);

	/** The H2 error code for a locked database file. */
	private static final int IN_USE = 90020;

	/** The H2 error code for a damaged database file. */
	private static final int DAMAGED = 90030;

	private static final String USER = "sa";

	private static final String FILE = "file:";

	/** H2 adds it to the name of the database. */
	private static final String SUFFIX = ".mv.db";

	private static final String MEMORY = "mem:";

	private static final long MAX_CACHE_KILOBYTES = 16 * 1024;

	/** The cache takes at most the heap divided by this number. */
	private static final int CACHE_SHARE = 16;

	/**
	 * The size of the cache depends on the heap. The database does not close itself at
	 * the end of the process, because other components may still write. Each flush writes
	 * whole pages, about one for each index of a changed table, so a page is as small as
	 * the database allows: 4 KB in place of 16.
	 */
	private static final Map<String, String> OPTIONS = Map.of("CACHE_SIZE", cacheKilobytes(), "DB_CLOSE_ON_EXIT",
			"FALSE", "PAGE_SIZE", "4096", "QUERY_CACHE_SIZE", "64");

	/**
	 * Returns the database of a directory, or a new one in memory.
	 * @param data the directory
	 * @return the database, which is not open yet
	 */
	static EmbeddedDatabase of(DataSettings data) {
		Map<String, String> options = new TreeMap<>(OPTIONS);
		if (data.inMemory()) {
			options.put("DB_CLOSE_DELAY", "-1");
			return new EmbeddedDatabase(MEMORY + "runnel-" + UUID.randomUUID(), options);
		}
		warnIfLost(data.directory());
		return new EmbeddedDatabase(FILE + data.directory().resolve("runnel"), options);
	}

	private static String cacheKilobytes() {
		long share = Runtime.getRuntime().maxMemory() / 1024 / CACHE_SHARE;
		return Long.toString(Math.min(MAX_CACHE_KILOBYTES, share));
	}

	/**
	 * Warns if the database file is missing or empty in a directory that was used before.
	 * The search index or the visitors' secret shows that it was used.
	 */
	private static void warnIfLost(Path directory) {
		Path database = directory.resolve("runnel" + SUFFIX);
		if (isUsed(directory) && isEmpty(database)) {
			log.warn("{} is missing or empty, although the directory was used before: there are no conversations."
					+ " If you have a backup, stop the server and put it there", database);
		}
	}

	private static boolean isUsed(Path directory) {
		return Files.exists(directory.resolve("search")) || Files.exists(directory.resolve(Backup.SECRET));
	}

	private static boolean isEmpty(Path file) {
		try {
			return !Files.exists(file) || (Files.isRegularFile(file) && Files.size(file) == 0);
		}
		catch (IOException ex) {
			return false;
		}
	}

	/**
	 * Opens the database and migrates its schema.
	 * @return the id of the database
	 * @throws IllegalArgumentException if it cannot be opened; the message names the
	 * setting
	 */
	UUID migrate() {
		return Schema.migrate("h2", jdbc(), USER, "",
				(ex) -> "runnel.data-dir names a directory whose database cannot be opened" + hint(ex));
	}

	private static String hint(Throwable ex) {
		int code = 0;
		for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
			code = (cause instanceof SQLException refused && refused.getErrorCode() != 0) ? refused.getErrorCode()
					: code;
		}
		return switch (code) {
			case IN_USE -> " (is another server using it?)";
			case DAMAGED -> " (its file is damaged: restore it from a backup)";
			default -> "";
		};
	}

	/**
	 * Returns unpooled connections. Each blocks the thread that uses it.
	 * @return the connections
	 */
	ConnectionFactory connections() {
		H2ConnectionConfiguration.Builder builder = H2ConnectionConfiguration.builder()
			.url(this.address)
			.username(USER)
			.password("");
		this.options.forEach(builder::property);
		return new H2ConnectionFactory(builder.build());
	}

	/**
	 * Whether another process uses the database.
	 * @param ex the error of the database
	 * @return true if its file is locked
	 */
	static boolean isInUse(SQLException ex) {
		return ex.getErrorCode() == IN_USE;
	}

	/**
	 * Returns the address for JDBC. A connection within the process of a server joins the
	 * server's own database.
	 * @return the address
	 */
	JdbcAddress byJdbc() {
		return new JdbcAddress(jdbc(), USER, "", false);
	}

	/**
	 * Whether the database is a file that keeps deleted text until {@link #compact}.
	 * @return true if it is not in memory
	 */
	boolean isFile() {
		return this.address.startsWith(FILE);
	}

	/**
	 * Rewrites the file without deleted text. Nobody may use the database meanwhile. The
	 * next connection opens it again.
	 * <p>
	 * H2 only traces an error at this moment, such as a full disk, and keeps the old
	 * file. A rewritten file is another one.
	 * @throws SQLException if the file cannot be rewritten
	 * @throws IOException if the file cannot be found
	 */
	void compact() throws SQLException, IOException {
		Path file = Path.of(this.address.substring(FILE.length()) + SUFFIX);
		Object before = identity(file);
		shutDown(jdbc(), " compact");
		if (before != null && before.equals(identity(file))) {
			throw new IOException(file + " could not be rewritten; runnel.trace.db beside it has the cause");
		}
	}

	/** The identity of a file; null on a system that has none, such as Windows. */
	private static @Nullable Object identity(Path file) throws IOException {
		return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
	}

	/**
	 * Closes the database, even if connections are still in use. Its file is free
	 * afterwards.
	 */
	void close() {
		try {
			shutDown(jdbc() + ";IFEXISTS=TRUE", "");
		}
		catch (SQLException ex) {
			log.warn("The embedded database was not closed cleanly: {}", Schema.reason(ex));
		}
	}

	private String jdbc() {
		return this.options.entrySet()
			.stream()
			.map((option) -> ";" + option.getKey() + "=" + option.getValue())
			.collect(Collectors.joining("", "jdbc:h2:" + this.address, ""));
	}

	private static void shutDown(String jdbc, String mode) throws SQLException {
		try (Connection connection = DriverManager.getConnection(jdbc, USER, "");
				Statement statement = connection.createStatement()) {
			statement.execute("shutdown" + mode);
		}
	}

}
