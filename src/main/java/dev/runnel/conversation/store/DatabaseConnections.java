package dev.runnel.conversation.store;

import java.time.Duration;
import java.util.UUID;
import java.util.function.ToDoubleFunction;

import dev.runnel.data.DataSettings;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.pool.PoolMetrics;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryMetadata;
import io.r2dbc.spi.ConnectionFactoryOptions;
import io.r2dbc.spi.Option;
import io.r2dbc.spi.ValidationDepth;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.pool.PoolBuilder;

import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/**
 * The connection pool of the configured database. The schema is migrated before the first
 * connection is made.
 * <p>
 * The pool is not the one of Spring Boot, which has one size and one timeout for both
 * databases and cannot hand connections over on other threads.
 */
final class DatabaseConnections implements ConnectionFactory, AutoCloseable, MeterBinder {

	/** The pool size for the embedded database, which is limited by the processor. */
	private static final int EMBEDDED_CONNECTIONS = 8;

	/** How long a shutdown waits for the threads of the embedded database. */
	private static final int LAST_WAIT_SECONDS = 2;

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

	/**
	 * The query that finds out whether a connection to the embedded database works. The
	 * driver has a query of its own, which it leaves open, so the database cannot reuse
	 * it and parses it for each borrower.
	 */
	private static final String VALIDATION = "select 1";

	private final ConnectionPool pool;

	private final UUID databaseId;

	/** The threads for a blocking database; null for a database that does not block. */
	private final @Nullable Scheduler threads;

	/** The executor of the threads; null for a database that does not block. */
	private final @Nullable ThreadPoolTaskExecutor executor;

	/** Null for PostgreSQL. */
	private final @Nullable EmbeddedDatabase embedded;

	private DatabaseConnections(ConnectionPoolConfiguration pool, UUID databaseId, @Nullable Scheduler threads,
			@Nullable ThreadPoolTaskExecutor executor, @Nullable EmbeddedDatabase embedded) {
		this.pool = new ConnectionPool(pool);
		this.databaseId = databaseId;
		this.threads = threads;
		this.executor = executor;
		this.embedded = embedded;
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
		return (url != null && settings.usesPostgres()) ? postgres(PostgresAddress.parse(url))
				: embedded(EmbeddedDatabase.of(data));
	}

	private static DatabaseConnections embedded(EmbeddedDatabase database) {
		UUID databaseId = database.migrate();
		ThreadPoolTaskExecutor executor = threads();
		Scheduler threads = Schedulers.fromExecutorService(executor.getThreadPoolExecutor());
		ConnectionPoolConfiguration pool = pool(database.connections(), EMBEDDED_CONNECTIONS)
			.maxAcquireTime(EMBEDDED_TIMEOUT)
			.validationQuery(VALIDATION)
			.allocatorSubscribeOn(threads)
			.customizer((builder) -> handOver(builder, threads))
			.build();
		return new DatabaseConnections(pool, databaseId, threads, executor, database);
	}

	private static DatabaseConnections postgres(PostgresAddress address) {
		ConnectionFactoryOptions options = address.options();
		UUID databaseId = Schema.migrate("postgresql", address.jdbc(), text(options, ConnectionFactoryOptions.USER),
				text(options, ConnectionFactoryOptions.PASSWORD),
				(ex) -> "runnel.database-url names a database that cannot be used");
		ConnectionFactory connections = ConnectionFactories
			.get(options.mutate().option(ConnectionFactoryOptions.CONNECT_TIMEOUT, TIMEOUT).build());
		ConnectionPoolConfiguration pool = pool(connections, POSTGRES_CONNECTIONS).maxAcquireTime(TIMEOUT)
			.validationDepth(ValidationDepth.LOCAL)
			.build();
		return new DatabaseConnections(pool, databaseId, null, null, null);
	}

	private static String text(ConnectionFactoryOptions options, Option<?> option) {
		Object value = options.getValue(option);
		return (value != null) ? value.toString() : "";
	}

	private static ConnectionPoolConfiguration.Builder pool(ConnectionFactory connections, int max) {
		return ConnectionPoolConfiguration.builder(connections)
			.initialSize(1)
			.maxSize(max)
			.acquireRetry(max)
			.maxCreateConnectionTime(TIMEOUT);
	}

	/**
	 * Hands connections over on separate threads. By default the pool resumes a borrower
	 * on the thread that returned the connection. A blocking database would then run one
	 * statement after another.
	 */
	private static void handOver(PoolBuilder<Connection, ?> builder, Scheduler threads) {
		builder.acquisitionScheduler(threads);
	}

	/**
	 * Creates a thread pool with one shared queue, so that a statement never waits behind
	 * a slow one while a thread is idle. There are more threads than connections, so that
	 * a request for a connection never waits for a statement.
	 */
	private static ThreadPoolTaskExecutor threads() {
		ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();
		executor.setCorePoolSize(EMBEDDED_CONNECTIONS + 2);
		executor.setThreadNamePrefix("database-");
		executor.setDaemon(true);
		// An interrupt closes the file of the database in the middle of a write.
		executor.setWaitForTasksToCompleteOnShutdown(true);
		executor.setAwaitTerminationSeconds(LAST_WAIT_SECONDS);
		executor.initialize();
		return executor;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		this.pool.getMetrics().ifPresent((metrics) -> {
			gauge(registry, metrics, "used", PoolMetrics::acquiredSize);
			gauge(registry, metrics, "idle", PoolMetrics::idleSize);
			gauge(registry, metrics, "waiting", PoolMetrics::pendingAcquireSize);
		});
	}

	private static void gauge(MeterRegistry registry, PoolMetrics metrics, String state,
			ToDoubleFunction<PoolMetrics> size) {
		Gauge.builder("runnel.database.connections", metrics, size)
			.description("Connections to the database, and requests that wait for one")
			.tag("state", state)
			.strongReference(true)
			.register(registry);
	}

	/**
	 * The id of this database.
	 * @return the id, the same after every start
	 */
	UUID databaseId() {
		return this.databaseId;
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
		return this.embedded != null && this.embedded.isFile();
	}

	/**
	 * Rewrites the file of the embedded database without deleted text. It takes all
	 * connections first, so that nobody uses the database meanwhile. Other callers wait
	 * for a connection, and the pool replaces the old ones.
	 * @return completes when the file is rewritten; an error if some connections stay in
	 * use
	 */
	Mono<Void> compact() {
		EmbeddedDatabase database = this.embedded;
		return (database == null || !database.isFile()) ? Mono.empty()
				: holding(EMBEDDED_CONNECTIONS, Mono.fromCallable(() -> {
					database.compact();
					return true;
				}).subscribeOn(Schedulers.boundedElastic()).then());
	}

	private Mono<Void> holding(int connections, Mono<Void> work) {
		return (connections == 0) ? work : Mono.usingWhen(create(), (held) -> holding(connections - 1, work),
				(held) -> Mono.from(held.close()).onErrorComplete());
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
		if (this.executor != null) {
			// A connection that opens later would open the closed database again.
			this.executor.shutdown();
		}
		if (this.embedded != null) {
			this.embedded.close();
		}
	}

}
