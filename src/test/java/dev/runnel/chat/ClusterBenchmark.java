package dev.runnel.chat;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import dev.runnel.RunnelProcess;
import dev.runnel.security.RunningProxy;
import dev.runnel.stream.redis.RedisServer;
import dev.runnel.upstream.Script;
import dev.runnel.upstream.ScriptedUpstream;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.FileSystemUtils;

/**
 * Measures servers that share a PostgreSQL and a Redis. Run by {@code etc/cluster-bench}.
 * The model, the readers and the servers share the machine, so only figures of one run
 * can be compared.
 */
final class ClusterBenchmark implements AutoCloseable {

	private static final PrintStream OUT = System.out;

	/** The chunks of an answer in a second. */
	private static final int RATE = Integer.parseInt(System.getenv().getOrDefault("RATE", "50"));

	private static final Duration PACE = Duration.ofSeconds(1).dividedBy(RATE);

	/** How long a reader may take to catch up. */
	private static final Duration SETTLING = Duration.ofSeconds(2);

	private static final int WORDS = 20 * RATE;

	/** So many that no answer ends while the streams begin and a server is killed. */
	private static final int MANY_WORDS = 120 * RATE;

	private static final long LIMIT_SECONDS = 120;

	private final HttpClient client = RunnelProcess.visitor();

	/** Readers read on at the same time. */
	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final ScriptedUpstream upstream = ScriptedUpstream.start(words(WORDS));

	private final EmbeddedPostgres postgres;

	private final RedisServer redis;

	private final Path folder;

	private final Supplier<ClusterReader> readers;

	private int servers;

	private ClusterBenchmark(Supplier<ClusterReader> readers) throws Exception {
		this.readers = readers;
		this.folder = Files.createTempDirectory("runnel-cluster");
		this.postgres = EmbeddedPostgres.builder().setLocaleConfig("locale", "C.UTF-8").start();
		this.redis = RedisServer.onFreePort();
	}

	/** Each word differs, so that a text shows what is missing or repeated. */
	private static Script words(int count) {
		Script script = Script.stream();
		for (int i = 1; i <= count; i++) {
			script.text(i + " ").pause(PACE);
		}
		return script.finish("stop").done().end();
	}

	public static void main(String[] args) throws Exception {
		String command = (args.length > 0) ? args[0] : "";
		int streams = (args.length > 1) ? Integer.parseInt(args[1]) : 300;
		boolean texts = command.equals("kill") || command.equals("rolling");
		try (ClusterBenchmark benchmark = new ClusterBenchmark(
				texts ? ClusterReader::ofText : ClusterReader::ofTimes)) {
			switch (command) {
				case "latency" -> benchmark.latency(streams);
				case "cost" -> benchmark.cost(streams);
				case "kill" -> benchmark.kill(streams, (args.length > 2) ? Integer.parseInt(args[2]) : 20);
				case "rolling" -> benchmark.rolling(streams);
				case "stop" -> benchmark.stop(streams);
				default -> throw new IllegalArgumentException("latency, cost, kill, rolling or stop");
			}
		}
		System.exit(0);
	}

	private RunnelProcess server(boolean shared) throws Exception {
		// The tests compile less, so that they start sooner.
		List<String> options = new ArrayList<>(List.of("-Xmx768m", "-XX:TieredStopAtLevel=4",
				"--runnel.database-url=r2dbc:postgresql://postgres:postgres@127.0.0.1:" + this.postgres.getPort()
						+ "/postgres",
				"--runnel.security.secret=one secret for all servers of the benchmark",
				"--runnel.openrouter.api-key=key", "--runnel.openrouter.base-url=" + this.upstream.baseUrl(),
				"--runnel.openrouter.model=acme/asked", "--runnel.stream.max-per-visitor=100000",
				// The places of a killed server's streams lapse after 30 s.
				"--runnel.stream.max-total=20000", "--runnel.openrouter.pool.max-connections=20000",
				"--runnel.stream.shutdown-wait=2m", "--runnel.conversation.max-per-visitor=1000000",
				"--runnel.chat.title-timeout=0s"));
		if (shared) {
			options.add("--runnel.redis.url=" + this.redis.url());
		}
		Path data = Files.createDirectory(this.folder.resolve("server" + ++this.servers));
		RunnelProcess server = RunnelProcess.start(data, "true", options.toArray(String[]::new));
		// All later requests have the cookie of one visitor.
		this.client.send(server.request("/api/models").GET().build(), HttpResponse.BodyHandlers.discarding());
		return server;
	}

	/** Starts answers, which all run for a while at the same time. */
	private List<ClusterReader> ask(Way way, int streams) {
		HttpRequest question = way.request("/api/chat/stream")
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString("{\"message\":\"hi\"}"))
			.build();
		List<ClusterReader> readers = IntStream.range(0, streams).mapToObj((i) -> this.readers.get()).toList();
		readers.forEach((reader) -> open(question, reader));
		readers.forEach((reader) -> await(reader.begun));
		return readers;
	}

	/** Reads the same answers another way. */
	private List<ClusterReader> follow(Way way, List<ClusterReader> readers) {
		return readers.stream().map((reader) -> follow(way, reader)).toList();
	}

	private ClusterReader follow(Way way, ClusterReader reader) {
		ClusterReader other = reader.other();
		open(way.request("/api/chat/stream/" + streamId(reader)).GET().build(), other);
		return other;
	}

	private void open(HttpRequest request, ClusterReader reader) {
		this.client.sendAsync(request, HttpResponse.BodyHandlers.fromLineSubscriber(reader))
			.whenComplete((done, ex) -> {
				reader.begun.completeExceptionally(
						(ex != null) ? ex : new IllegalStateException("no stream, but status " + done.statusCode()));
				reader.ended.complete("nothing");
			});
	}

	private static <T> T await(CompletableFuture<T> future) {
		try {
			return future.get(LIMIT_SECONDS, TimeUnit.SECONDS);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void latency(int streams) throws Exception {
		try (RunnelProcess first = server(true); RunnelProcess second = server(true)) {
			warmUp(first, second);
			List<ClusterReader> own = ask(first::request, streams);
			List<ClusterReader> others = follow(second::request, own);
			own.forEach((reader) -> await(reader.ended));
			others.forEach((reader) -> await(reader.ended));
			report(streams, later(own, others));
		}
	}

	private void warmUp(RunnelProcess first, RunnelProcess second) {
		List<ClusterReader> own = ask(first::request, 50);
		follow(second::request, own).forEach((reader) -> await(reader.ended));
		own.forEach((reader) -> await(reader.ended));
	}

	/** How much later the other reader has each event that both have, in nanoseconds. */
	private static long[] later(List<ClusterReader> own, List<ClusterReader> others) {
		return IntStream.range(0, own.size())
			.boxed()
			.flatMapToLong((i) -> later(own.get(i), others.get(i)))
			.sorted()
			.toArray();
	}

	/** Leaves out what the log already had when the other reader began. */
	private static LongStream later(ClusterReader own, ClusterReader other) {
		long settled = other.times.values().stream().mapToLong(Long::longValue).min().orElse(0) + SETTLING.toNanos();
		return other.times.entrySet()
			.stream()
			.filter((came) -> own.times.getOrDefault(came.getKey(), settled) > settled)
			.mapToLong((came) -> came.getValue() - own.times.get(came.getKey()));
	}

	private static void report(int streams, long[] later) {
		if (later.length == 0) {
			throw new IllegalStateException("no event came to both servers");
		}
		print("%d streams, %d events, later on the other server: p50 %.1f ms, p99 %.1f ms, at most %.1f ms", streams,
				later.length, millis(later[later.length / 2]), millis(later[later.length * 99 / 100]),
				millis(later[later.length - 1]));
	}

	private static void print(String line, Object... figures) {
		OUT.println(String.format(Locale.ROOT, line, figures));
	}

	private static double millis(long nanos) {
		return nanos / 1e6;
	}

	private static double seconds(long nanos) {
		return nanos / 1e9;
	}

	/** Alternates between servers with and without Redis. */
	private void cost(int streams) throws Exception {
		try (RunnelProcess alone = server(false);
				RunnelProcess first = server(true);
				RunnelProcess second = server(true)) {
			warmUp(alone, alone);
			warmUp(first, second);
			for (int round = 1; round <= 2; round++) {
				cost("without Redis", alone, List.of(), streams);
				cost("with Redis", first, List.of(), streams);
				cost("with Redis and readers on the other server", first, List.of(second), streams);
			}
		}
	}

	private void cost(String name, RunnelProcess server, List<RunnelProcess> others, int streams) throws IOException {
		Used before = used(server);
		List<ClusterReader> own = ask(server::request, streams);
		others.forEach((other) -> follow(other::request, own).forEach((reader) -> await(reader.ended)));
		own.forEach((reader) -> await(reader.ended));
		double chunks = (double) streams * WORDS;
		Used after = used(server);
		print("%s, for each chunk: %.1f µs of the server and %.1f µs of Redis, %.2f commands, %.0f bytes in and out",
				name, micros(after.server.minus(before.server)) / chunks,
				micros(after.redis.minus(before.redis)) / chunks, (after.commands - before.commands) / chunks,
				(after.bytes - before.bytes) / chunks);
	}

	private Used used(RunnelProcess server) throws IOException {
		return new Used(server.cpu(), this.redis.cpu(), this.redis.figure("total_commands_processed"),
				this.redis.figure("total_net_input_bytes") + this.redis.figure("total_net_output_bytes"));
	}

	/** Stops answers of one server on the other one, one after the other. */
	private void stop(int times) throws Exception {
		try (RunnelProcess first = server(true); RunnelProcess second = server(true)) {
			warmUp(first, second);
			long[] nanos = new long[times];
			for (int i = 0; i < times; i++) {
				nanos[i] = stopOnce(first, second);
			}
			Arrays.sort(nanos);
			print("%d answers stopped on the other server: upstream is closed after p50 %.1f ms, at most %.1f ms",
					times, millis(nanos[times / 2]), millis(nanos[times - 1]));
		}
	}

	private long stopOnce(RunnelProcess first, RunnelProcess second) throws Exception {
		this.upstream.instead(words(WORDS));
		ClusterReader reader = ask(first::request, 1).get(0);
		ScriptedUpstream.Connection connection = this.upstream.takeConnection();
		String stream = reader.begun.join().get("streamId").asString();
		long asked = System.nanoTime();
		HttpRequest request = second.request("/api/chat/stream/" + stream).DELETE().build();
		this.client.sendAsync(request, HttpResponse.BodyHandlers.discarding());
		connection.awaitClientClosed();
		long closed = System.nanoTime();
		await(reader.ended);
		return closed - asked;
	}

	private static double micros(Duration time) {
		return time.toNanos() / 1e3;
	}

	/** Restarts two servers one after the other while both write. */
	private void rolling(int streams) throws Exception {
		RunnelProcess first = server(true);
		RunnelProcess second = server(true);
		RunnelProcess third = null;
		try {
			warmUp(first, second);
			restart(first, second, streams);
			third = server(true);
			warmUp(second, third);
			restart(second, third, streams);
		}
		finally {
			first.close();
			second.close();
			if (third != null) {
				third.close();
			}
		}
	}

	/** Questions and readers come through nginx, which chooses a server for each. */
	private void restart(RunnelProcess leaving, RunnelProcess staying, int streams) throws Exception {
		try (RunningProxy proxy = nginx(leaving, staying)) {
			List<ClusterReader> all = new ArrayList<>(ask(through(proxy), streams));
			all.addAll(follow(through(proxy), all));
			TimeUnit.SECONDS.sleep(2);
			leaving.stop();
			report(streams, toTheEnd(all, through(proxy)));
			leaving.awaitEnd();
		}
	}

	private static void report(int streams, List<ClusterReader> ended) {
		String whole = IntStream.rangeClosed(1, WORDS).mapToObj((i) -> i + " ").reduce("", String::concat).strip();
		long complete = ended.stream().filter((reader) -> reader.text().strip().equals(whole)).count();
		long errors = ended.stream().filter((reader) -> reader.ended.join().equals("error")).count();
		print("rolling: %d answers, of whose %d readers %d have all of the text and %d an error; %d have events twice",
				streams, ended.size(), complete, errors, repeated(ended));
	}

	private List<ClusterReader> toTheEnd(List<ClusterReader> readers, Way way) {
		return readers.stream()
			.map((reader) -> CompletableFuture.supplyAsync(() -> toTheEnd(reader, way), this.threads))
			.toList()
			.stream()
			.map(CompletableFuture::join)
			.toList();
	}

	/**
	 * Reads on as long as responses end before their streams, like a page. A stream that
	 * has just begun may not be there yet.
	 */
	private ClusterReader toTheEnd(ClusterReader begun, Way way) {
		ClusterReader reader = begun;
		String stream = streamId(begun);
		for (int times = 0; times < 20 && !List.of("complete", "error").contains(await(reader.ended)); times++) {
			pause(Duration.ofMillis(200));
			reader = reader.next();
			open(way.request("/api/chat/stream/" + stream + "?after=" + reader.lastId()).GET().build(), reader);
		}
		return reader;
	}

	private static String streamId(ClusterReader reader) {
		return await(reader.begun).get("streamId").asString();
	}

	private static void pause(Duration time) {
		try {
			TimeUnit.NANOSECONDS.sleep(time.toNanos());
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void kill(int streams, int times) throws Exception {
		this.upstream.instead(words(MANY_WORDS));
		try (RunnelProcess second = server(true)) {
			warmUp(second, second);
			for (int time = 1; time <= times; time++) {
				killOnce(second, streams, time);
			}
		}
	}

	/** Its own readers show what the server has said. The others come through nginx. */
	private void killOnce(RunnelProcess second, int streams, int time) throws Exception {
		RunnelProcess first = server(true);
		try (RunningProxy proxy = nginx(first, second)) {
			List<ClusterReader> own = ask(first::request, streams);
			List<ClusterReader> others = follow(through(proxy), own);
			TimeUnit.SECONDS.sleep(5);
			first.close();
			long killed = System.nanoTime();
			List<ClusterReader> ended = toTheEnd(others, through(proxy));
			report(time, second, own, ended, killed);
		}
		finally {
			first.close();
		}
	}

	private void report(int time, RunnelProcess second, List<ClusterReader> own, List<ClusterReader> ended,
			long killed) {
		long[] ends = ended.stream().mapToLong((reader) -> reader.endedAt - killed).sorted().toArray();
		List<String> shown = own.stream().map(ClusterReader::text).toList();
		long errors = ended.stream().filter((reader) -> await(reader.ended).equals("error")).count();
		int[] lacking = lacking(ended, shown);
		List<String> stored = own.stream().map((reader) -> stored(second, reader)).toList();
		print("kill %d: %d of %d readers have an interrupted answer, half of them after %.1f s and all after %.1f s;"
				+ " %d lack at most %d characters that the killed server showed, %d have events twice; %d stored texts"
				+ " lack what a reader has, %d have more", time, errors, own.size(), seconds(ends[ends.length / 2]),
				seconds(ends[ends.length - 1]), lacking.length, IntStream.of(lacking).max().orElse(0), repeated(ended),
				differing(stored, ended, false), differing(stored, ended, true));
	}

	/** How many characters each reader lacks of what the other one has, without zeros. */
	private static int[] lacking(List<ClusterReader> others, List<String> shown) {
		return IntStream.range(0, shown.size())
			.map((i) -> lacking(others.get(i).text(), shown.get(i)))
			.filter((count) -> count > 0)
			.toArray();
	}

	private static int lacking(String text, String shown) {
		return text.startsWith(shown) ? 0 : shown.length() - (shown.startsWith(text) ? text.length() : 0);
	}

	private static long repeated(List<ClusterReader> readers) {
		return readers.stream().filter((reader) -> reader.repeated() > 0).count();
	}

	/**
	 * How many stored texts are not what the reader has; either those that begin so, or
	 * the others.
	 */
	private static long differing(List<String> stored, List<ClusterReader> readers, boolean longer) {
		return IntStream.range(0, stored.size())
			.filter((i) -> !stored.get(i).equals(readers.get(i).text()))
			.filter((i) -> stored.get(i).startsWith(readers.get(i).text()) == longer)
			.count();
	}

	private String stored(RunnelProcess server, ClusterReader reader) {
		String conversation = reader.begun.join().get("conversationId").asString();
		HttpRequest request = server.request("/api/conversations/" + conversation + "?format=markdown").GET().build();
		String body = await(this.client.sendAsync(request, HttpResponse.BodyHandlers.ofString())).body();
		return JsonMapper.shared().readTree(body).get("messages").get(1).get("content").asString();
	}

	/**
	 * nginx in front of two servers, with the configuration of {@code etc/cluster}. It
	 * does not say that it is a proxy, so that no limit for strangers counts its
	 * requests.
	 */
	private RunningProxy nginx(RunnelProcess first, RunnelProcess second) throws Exception {
		String lines = Files.readString(Path.of("etc/cluster/nginx.conf"))
			.replace("runnel-1:8000", "127.0.0.1:" + first.port())
			.replace("runnel-2:8000", "127.0.0.1:" + second.port())
			.replace("listen 80;", "listen LISTEN;")
			.replaceAll("proxy_set_header X-Forwarded-.*", "");
		return RunningProxy.nginx(Files.createTempDirectory(this.folder, "nginx"), lines);
	}

	private static Way through(RunningProxy proxy) {
		return (path) -> HttpRequest.newBuilder(URI.create(proxy.url(path)));
	}

	/** Where requests go. */
	private interface Way {

		HttpRequest.Builder request(String path);

	}

	/** Processor time, and what Redis has done. */
	private record Used(Duration server, Duration redis, long commands, long bytes) {
	}

	@Override
	public void close() throws IOException {
		this.threads.shutdown();
		this.upstream.close();
		this.redis.close();
		this.postgres.close();
		FileSystemUtils.deleteRecursively(this.folder);
	}

}
