package dev.runnel.conversation.store;

import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.runnel.data.DataSettings;
import io.r2dbc.h2.H2ConnectionConfiguration;
import io.r2dbc.h2.H2ConnectionFactory;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryMetadata;
import io.r2dbc.spi.ConnectionFactoryOptions;
import io.r2dbc.spi.Option;
import io.r2dbc.spi.ValidationDepth;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.pool.PoolBuilder;

import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * The connection pool of the configured database. The schema is migrated before the first
 * connection is made.
 */
final class DatabaseConnections implements ConnectionFactory, AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(DatabaseConnections.class);

	/** The pool size for the embedded database, which is limited by the processor. */
	private static final int EMBEDDED_CONNECTIONS = 8;

	private static final int POSTGRES_CONNECTIONS = 16;

	/**
	 * The timeout for a new connection, and for the wait for a connection from the pool.
	 */
	private static final Duration TIMEOUT = Duration.ofSeconds(3);

	/**
	 * The timeout for the wait in the pool of the embedded database. It is longer because
	 * a compaction holds all connections.
	 */
	private static final Duration EMBEDDED_TIMEOUT = Duration.ofSeconds(15);

	/** The H2 error code for a locked database file. */
	private static final int IN_USE = 90020;

	/** The H2 error code for a damaged database file. */
	private static final int DAMAGED = 90030;

	private static final String EMBEDDED_USER = "sa";

	private static final String FILE = "jdbc:h2:file:";

	private static final String MEMORY = "jdbc:h2:mem:";

	private static final long MAX_CACHE_KILOBYTES = 16 * 1024;

	/**
	 * The cache of the embedded database takes at most the heap divided by this number.
	 */
	private static final int CACHE_SHARE = 16;

	/**
	 * The options of the embedded database. The cache fits the heap. The database does
	 * not close itself at the end of the process, because other components may still
	 * write.
	 */
	private static final Map<String, String> EMBEDDED = Map.of("CACHE_SIZE", cacheKilobytes(), "DB_CLOSE_ON_EXIT",
			"FALSE", "QUERY_CACHE_SIZE", "64");

	private final ConnectionPool pool;

	/** The threads for a blocking database; null for a database that does not block. */
	private final @Nullable Scheduler threads;

	private final UUID databaseId;

	/** The JDBC address of the embedded database; null for PostgreSQL. */
	private final @Nullable String embedded;

	private final boolean isFile;

	private DatabaseConnections(ConnectionFactory connections, int max, ValidationDepth validation,
			@Nullable Scheduler threads, UUID databaseId, @Nullable String embedded) {
		this.pool = new ConnectionPool(ConnectionPoolConfiguration.builder(connections)
			.initialSize(1)
			.maxSize(max)
			.maxAcquireTime((threads != null) ? EMBEDDED_TIMEOUT : TIMEOUT)
			.acquireRetry(max)
			.maxCreateConnectionTime(TIMEOUT)
			.validationDepth(validation)
			.customizer((builder) -> handOver(builder, threads))
			.build());
		this.threads = threads;
		this.databaseId = databaseId;
		this.embedded = embedded;
		this.isFile = embedded != null && embedded.startsWith(FILE);
	}

	/**
	 * Hands connections over on separate threads. By default the pool resumes a borrower
	 * on the thread that returned the connection. A blocking database would then run one
	 * statement after another.
	 */
	private static void handOver(PoolBuilder<Connection, ?> builder, @Nullable Scheduler threads) {
		if (threads != null) {
			builder.acquisitionScheduler(threads);
		}
	}

	/**
	 * Creates a thread pool with one shared queue, so that a statement never waits behind
	 * a slow one while a thread is idle. There are more threads than connections, so that
	 * a request for a connection never waits for a statement.
	 */
	private static Scheduler threads() {
		CustomizableThreadFactory factory = new CustomizableThreadFactory("database-");
		factory.setDaemon(true);
		return Schedulers.fromExecutorService(Executors.newFixedThreadPool(EMBEDDED_CONNECTIONS + 2, factory));
	}

	private static String cacheKilobytes() {
		long share = Runtime.getRuntime().maxMemory() / 1024 / CACHE_SHARE;
		return Long.toString(Math.min(MAX_CACHE_KILOBYTES, share));
	}

	/**
	 * The id of this database.
	 * @return the id, the same after every start
	 */
	UUID databaseId() {
		return this.databaseId;
	}

	/**
	 * Opens the configured database.
	 * @param settings the address of a PostgreSQL database, if there is one
	 * @param data the directory of the embedded database
	 * @return the connections
	 * @throws IllegalArgumentException if the database cannot be opened; the message
	 * names the setting
	 */
	static DatabaseConnections open(DatabaseSettings settings, DataSettings data) {
		String url = settings.databaseUrl();
		return (url != null && settings.usesPostgres()) ? postgres(url) : embedded(data);
	}

	private static DatabaseConnections embedded(DataSettings data) {
		Map<String, String> options = new TreeMap<>(EMBEDDED);
		H2ConnectionConfiguration.Builder builder = H2ConnectionConfiguration.builder();
		String location;
		if (data.inMemory()) {
			String name = "runnel-" + UUID.randomUUID();
			location = MEMORY + name;
			options.put("DB_CLOSE_DELAY", "-1");
			builder.inMemory(name);
		}
		else {
			Path file = data.directory().resolve("runnel");
			warnIfLost(data.directory());
			location = FILE + file;
			builder.file(file.toString());
		}
		String jdbc = options.entrySet()
			.stream()
			.map((option) -> ";" + option.getKey() + "=" + option.getValue())
			.collect(Collectors.joining("", location, ""));
		UUID databaseId = migrate("h2", jdbc, EMBEDDED_USER, "",
				(ex) -> "runnel.data-dir names a directory whose database cannot be opened" + hint(ex));
		options.forEach(builder::property);
		return new DatabaseConnections(new H2ConnectionFactory(builder.username(EMBEDDED_USER).password("").build()),
				EMBEDDED_CONNECTIONS, ValidationDepth.REMOTE, threads(), databaseId, jdbc);
	}

	/**
	 * Warns if the database file is missing or empty in a directory that was used before.
	 * The search index or the visitors' secret shows that it was used.
	 */
	private static void warnIfLost(Path directory) {
		Path database = directory.resolve("runnel.mv.db");
		boolean used = Files.exists(directory.resolve("search")) || Files.exists(directory.resolve("visitor-secret"));
		if (used && isEmpty(database)) {
			log.warn("{} is missing or empty, although the directory was used before: there are no conversations."
					+ " If you have a backup, stop the server and put it there", database);
		}
	}

	private static boolean isEmpty(Path file) {
		try {
			return !Files.exists(file) || (Files.isRegularFile(file) && Files.size(file) == 0);
		}
		catch (IOException ex) {
			return false;
		}
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

	private static DatabaseConnections postgres(String url) {
		PostgresAddress address = PostgresAddress.parse(url);
		ConnectionFactoryOptions options = address.options();
		UUID databaseId = migrate("postgresql", address.jdbc(), text(options, ConnectionFactoryOptions.USER),
				text(options, ConnectionFactoryOptions.PASSWORD),
				(ex) -> "runnel.database-url names a database that cannot be used");
		return new DatabaseConnections(
				ConnectionFactories
					.get(options.mutate().option(ConnectionFactoryOptions.CONNECT_TIMEOUT, TIMEOUT).build()),
				POSTGRES_CONNECTIONS, ValidationDepth.LOCAL, null, databaseId, null);
	}

	private static String text(ConnectionFactoryOptions options, Option<?> option) {
		Object value = options.getValue(option);
		return (value != null) ? value.toString() : "";
	}

	/**
	 * Migrates the schema. This uses JDBC because Flyway supports no R2DBC.
	 * @return the id of the database
	 */
	private static UUID migrate(String kind, String jdbc, String user, String password,
			Function<Throwable, String> trouble) {
		try {
			Flyway flyway = Flyway.configure()
				.dataSource(jdbc, user, password)
				.locations("classpath:db/migration/" + kind)
				.load();
			flyway.migrate();
			try (java.sql.Connection connection = flyway.getConfiguration().getDataSource().getConnection();
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

	private static String reason(Throwable cause) {
		String reason = Objects.requireNonNullElse(cause.getMessage(), cause.getClass().getSimpleName())
			.lines()
			.findFirst()
			.orElse("unknown reason");
		return (cause instanceof UnknownHostException) ? "there is no host " + reason : reason;
	}

	@Override
	public Mono<Connection> create() {
		Mono<Connection> connection = this.pool.create();
		return (this.threads != null) ? connection.subscribeOn(this.threads) : connection;
	}

	/**
	 * Whether the database is a file that keeps deleted text until {@link #compact}.
	 * @return true for an embedded database that is not in memory
	 */
	boolean isFile() {
		return this.isFile;
	}

	/**
	 * Rewrites the file of the embedded database without deleted text. It takes all
	 * connections first, so that nobody uses the database meanwhile. Other callers wait
	 * for a connection.
	 * @return completes when the file is rewritten; an error if some connections stay in
	 * use
	 */
	Mono<Void> compact() {
		String jdbc = this.embedded;
		return (jdbc == null || !this.isFile) ? Mono.empty() : holding(EMBEDDED_CONNECTIONS,
				Mono.fromCallable(() -> shutDown(jdbc, " compact")).subscribeOn(Schedulers.boundedElastic()).then());
	}

	private Mono<Void> holding(int connections, Mono<Void> work) {
		return (connections == 0) ? work : Mono.usingWhen(create(), (held) -> holding(connections - 1, work),
				(held) -> Mono.from(held.close()).onErrorComplete());
	}

	/**
	 * Shuts the embedded database down. The next connection opens it again, and the pool
	 * replaces the old connections.
	 */
	private static boolean shutDown(String jdbc, String mode) throws SQLException {
		try (java.sql.Connection connection = DriverManager.getConnection(jdbc, EMBEDDED_USER, "");
				Statement statement = connection.createStatement()) {
			return statement.execute("shutdown" + mode);
		}
	}

	@Override
	public ConnectionFactoryMetadata getMetadata() {
		return this.pool.getMetadata();
	}

	/**
	 * Closes the pool and the embedded database, even if connections are still borrowed.
	 * The database file is free when this method returns.
	 */
	@Override
	public void close() {
		this.pool.dispose();
		if (this.threads != null) {
			this.threads.dispose();
		}
		if (this.embedded != null) {
			closeEmbedded(this.embedded);
		}
	}

	private static void closeEmbedded(String jdbc) {
		try {
			shutDown(jdbc + ";IFEXISTS=TRUE", "");
		}
		catch (SQLException ex) {
			log.warn("The embedded database was not closed cleanly: {}", reason(ex));
		}
	}

}
