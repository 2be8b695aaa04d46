package dev.runnel.stream.redis;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.awaitility.Awaitility;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

/**
 * A real Redis of this machine, on a free port, without files. It ends with the test. If
 * it is missing, the tests are skipped with a message. With
 * {@code RUNNEL_REQUIRE_REDIS=true} (environment variable or system property) they fail
 * instead.
 */
public final class RedisServer implements AutoCloseable {

	private final int port;

	private Process process;

	private RedisServer(int port) throws IOException {
		this.port = port;
		this.process = start();
	}

	/**
	 * Starts a Redis.
	 * @return a Redis that answers
	 */
	public static RedisServer onFreePort() throws IOException {
		if (!installed()) {
			missing();
		}
		return new RedisServer(freePort());
	}

	private static void missing() {
		String message = "There is no redis-server: several servers are not tested";
		String required = System.getProperty("RUNNEL_REQUIRE_REDIS", System.getenv("RUNNEL_REQUIRE_REDIS"));
		if (Boolean.parseBoolean(required)) {
			fail(message);
		}
		abort(message);
	}

	private static int freePort() throws IOException {
		try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return free.getLocalPort();
		}
	}

	private static boolean installed() {
		return Stream.of(System.getenv("PATH").split(":"))
			.anyMatch((folder) -> Files.isExecutable(Path.of(folder, "redis-server")));
	}

	private Process start() throws IOException {
		Process started = new ProcessBuilder(List.of("redis-server", "--port", Integer.toString(this.port), "--bind",
				"127.0.0.1", "--save", "", "--appendonly", "no", "--dir", System.getProperty("java.io.tmpdir")))
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start();
		Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> !started.isAlive() || accepts());
		if (!started.isAlive()) {
			throw new IllegalStateException("redis-server has ended");
		}
		return started;
	}

	private boolean accepts() {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			return socket.isConnected();
		}
		catch (IOException ex) {
			return false;
		}
	}

	public String url() {
		return url(this.port);
	}

	static String url(int port) {
		return "redis://127.0.0.1:" + port;
	}

	int port() {
		return this.port;
	}

	/** Deletes everything. */
	void empty() throws IOException {
		run("FLUSHALL");
	}

	/** Refuses a command to everybody. */
	void forbid(String command) throws IOException {
		run("ACL SETUSER default -" + command);
	}

	/** Takes a command again. */
	void allow(String command) throws IOException {
		run("ACL SETUSER default +" + command);
	}

	private void run(String command) throws IOException {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
			if (socket.getInputStream().read() != '+') {
				throw new IOException("Redis refuses " + command);
			}
		}
	}

	/**
	 * The number of keys with a name like this.
	 * @param pattern a pattern as in a shell
	 */
	public int keys(String pattern) throws IOException {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			socket.getOutputStream().write(("KEYS " + pattern + "\r\n").getBytes(StandardCharsets.US_ASCII));
			String count = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
				.readLine();
			return Integer.parseInt(count.substring(1));
		}
	}

	/** How often a command was called, in lower case. */
	long calls(String command) throws IOException {
		return statistic(command, "calls=");
	}

	/** How often a command was refused, in lower case. */
	long refused(String command) throws IOException {
		return statistic(command, "rejected_calls=");
	}

	private long statistic(String command, String name) throws IOException {
		String start = "cmdstat_" + command + ':';
		String line = line("INFO commandstats", start);
		return (line != null) ? Stream.of(line.substring(start.length()).split(","))
			.filter((figure) -> figure.startsWith(name))
			.mapToLong((figure) -> Long.parseLong(figure.substring(name.length())))
			.sum() : 0;
	}

	/** A figure of the command {@code INFO}, such as {@code used_memory}. */
	public long figure(String name) throws IOException {
		String start = name + ':';
		return Long.parseLong(line("INFO", start).substring(start.length()));
	}

	/** The line of an answer that begins like this; null if none does. */
	private String line(String command, String start) throws IOException {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			socket.setSoTimeout(10_000);
			socket.getOutputStream().write((command + "\r\nQUIT\r\n").getBytes(StandardCharsets.US_ASCII));
			return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII)).lines()
				.filter((line) -> line.startsWith(start))
				.findFirst()
				.orElse(null);
		}
	}

	/** Ends the process at once; what it stored is gone. */
	public void kill() throws InterruptedException {
		this.process.destroyForcibly();
		if (!this.process.waitFor(20, TimeUnit.SECONDS)) {
			throw new IllegalStateException("redis-server does not end");
		}
	}

	/** Starts again on the same port, empty. */
	public void restart() throws IOException {
		this.process = start();
	}

	/** The processor time that the process has used. */
	public Duration cpu() {
		return this.process.info().totalCpuDuration().orElseThrow();
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
	}

}
