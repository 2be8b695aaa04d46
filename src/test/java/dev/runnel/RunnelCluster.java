package dev.runnel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

import dev.runnel.conversation.store.Postgres;
import dev.runnel.stream.redis.RedisServer;
import dev.runnel.upstream.Script;
import dev.runnel.upstream.ScriptedUpstream;

/**
 * Servers in processes of their own that share a PostgreSQL, a Redis and a model.
 */
public final class RunnelCluster implements AutoCloseable {

	private final Path folder;

	private final String[] options;

	private final String database;

	private final RedisServer redis;

	private final ScriptedUpstream upstream;

	private final Queue<RunnelProcess> servers = new ConcurrentLinkedQueue<>();

	private final ExecutorService starters = Executors.newCachedThreadPool();

	private int started;

	/**
	 * Starts all but the servers.
	 * @param folder the folder for the files of the servers
	 * @param postgres the server of the database
	 * @param script what the model answers
	 * @param options settings of each server, which replace those that all clusters have
	 */
	public RunnelCluster(Path folder, Postgres postgres, Script script, String... options) throws IOException {
		this.folder = folder;
		this.options = options;
		this.redis = RedisServer.onFreePort();
		this.database = postgres.newDatabase();
		this.upstream = ScriptedUpstream.start(script);
	}

	/**
	 * Starts one more server.
	 * @return a server that serves
	 */
	public RunnelProcess add() throws IOException {
		return add(1).get(0);
	}

	/**
	 * Starts more servers at the same time.
	 * @return servers that serve
	 */
	public List<RunnelProcess> add(int count) throws IOException {
		List<CompletableFuture<RunnelProcess>> starts = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			Path files = Files.createDirectory(this.folder.resolve("server" + ++this.started));
			starts.add(CompletableFuture.supplyAsync(() -> start(files), this.starters));
		}
		return starts.stream().map(CompletableFuture::join).toList();
	}

	private RunnelProcess start(Path files) {
		// A busy machine gives its signs of life late.
		Stream<String> common = Stream.of("--runnel.database-url=" + this.database,
				"--runnel.redis.url=" + this.redis.url(), "--runnel.redis.node-timeout=5s",
				"--runnel.security.secret=the same secret of all servers, for tests only",
				"--runnel.openrouter.api-key=key", "--runnel.openrouter.base-url=" + this.upstream.baseUrl(),
				"--runnel.openrouter.model=acme/asked", "--runnel.chat.title-timeout=0s");
		Stream<String> settings = Stream.concat(common.filter((setting) -> !isReplaced(setting)),
				Stream.of(this.options));
		try {
			RunnelProcess server = RunnelProcess.start(files, "true", settings.toArray(String[]::new));
			this.servers.add(server);
			return server;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private boolean isReplaced(String setting) {
		String name = setting.substring(0, setting.indexOf('=') + 1);
		return Stream.of(this.options).anyMatch((option) -> option.startsWith(name));
	}

	public RedisServer redis() {
		return this.redis;
	}

	public ScriptedUpstream upstream() {
		return this.upstream;
	}

	@Override
	public void close() {
		this.starters.shutdown();
		this.servers.forEach(RunnelProcess::close);
		this.redis.close();
		this.upstream.close();
	}

}
