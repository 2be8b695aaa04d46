package dev.runnel;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.awaitility.Awaitility;

import org.springframework.util.Assert;

/**
 * Runnel in a process of its own. The mock answers without pauses, and the data is in a
 * folder.
 */
public final class RunnelProcess implements AutoCloseable {

	private static final Duration LIMIT = Duration.ofSeconds(400);

	/** The address in the line that the server logs when it serves. */
	private static final Pattern ADDRESS = Pattern.compile("Runnel is at http://[^/]*:(\\d+)/");

	private final Process process;

	private final int port;

	private final Path log;

	private RunnelProcess(Process process, int port, Path log) {
		this.process = process;
		this.port = port;
		this.log = log;
	}

	/**
	 * Starts the process on a free port and waits until it serves.
	 * @param folder the folder for its data and its log
	 * @param shell a shell command to run before, such as {@code ulimit -n 256}
	 * @param options options of the virtual machine, and settings of Runnel
	 * @return the process
	 * @throws IllegalStateException with the log, if the process ends before it serves,
	 * or does not serve in time and is ended
	 */
	public static RunnelProcess start(Path folder, String shell, String... options) throws IOException {
		return start(LIMIT, folder, shell, options);
	}

	static RunnelProcess start(Duration limit, Path folder, String shell, String... options) throws IOException {
		Stream<String> own = Stream.of("--server.port=0", "--runnel.data-dir=" + folder.resolve("data"),
				"--runnel.mock.pace=0");
		Stream<String> settings = Stream.of(options).filter((option) -> option.startsWith("--"));
		List<String> command = new ArrayList<>(List.of("sh", "-c", shell + " && exec \"$@\"", "sh"));
		command.addAll(ServerJava.command(Stream.of(options).filter((option) -> option.startsWith("-X")).toList(),
				Stream.concat(own, settings).toList()));
		Path log = folder.resolve("log");
		Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
		try {
			Awaitility.await().atMost(limit).until(() -> !process.isAlive() || ADDRESS.matcher(read(log)).find());
			Matcher address = ADDRESS.matcher(read(log));
			Assert.state(address.find(), "The process has ended");
			return new RunnelProcess(process, Integer.parseInt(address.group(1)), log);
		}
		catch (IOException | RuntimeException ex) {
			process.destroyForcibly().onExit().join();
			throw new IllegalStateException("Runnel does not serve: " + read(log), ex);
		}
	}

	public int port() {
		return this.port;
	}

	/** The id of the process. */
	public long pid() {
		return this.process.pid();
	}

	/** Returns the log of the process. */
	public String log() throws IOException {
		return read(this.log);
	}

	/** Reads a log that may end within a character. */
	private static String read(Path log) throws IOException {
		return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
	}

	public boolean isServing() throws IOException, InterruptedException {
		return visitor().send(request("/actuator/health").GET().build(), HttpResponse.BodyHandlers.ofString())
			.statusCode() == 200;
	}

	public boolean isAlive() {
		return this.process.isAlive();
	}

	/** Creates a client that keeps its cookie. */
	public static HttpClient visitor() {
		return HttpClient.newBuilder()
			.version(HttpClient.Version.HTTP_1_1)
			.cookieHandler(new CookieManager())
			.connectTimeout(Duration.ofSeconds(20))
			.build();
	}

	public HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + path)).timeout(LIMIT);
	}

	/** Creates a question that is answered with one JSON document. */
	public HttpRequest question(String text) {
		return request("/api/chat").header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString("{\"message\":\"" + text + "\"}"))
			.build();
	}

	/** Tells the process to stop, as a supervisor does. */
	public void stop() {
		this.process.destroy();
	}

	/** Waits until the process has ended by itself; fails after two minutes. */
	public void awaitEnd() throws InterruptedException {
		if (!this.process.waitFor(2, TimeUnit.MINUTES)) {
			throw new AssertionError("the process does not end");
		}
	}

	/** The processor time that the process has used. */
	public Duration cpu() {
		return this.process.info().totalCpuDuration().orElseThrow();
	}

	@Override
	public void close() {
		this.process.destroyForcibly().onExit().join();
	}

}
