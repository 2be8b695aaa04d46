package dev.runnel;

import java.io.IOException;
import java.net.CookieManager;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;

/**
 * Runnel in a process of its own. The mock answers without pauses, and the data is in a
 * folder.
 */
public final class RunnelProcess implements AutoCloseable {

	private static final Duration LIMIT = Duration.ofSeconds(400);

	private final Process process;

	private final int port;

	private final Path log;

	private RunnelProcess(Process process, int port, Path log) {
		this.process = process;
		this.port = port;
		this.log = log;
	}

	/**
	 * Starts the process and waits until it serves.
	 * @param folder the folder for its data and its log
	 * @param shell a shell command to run before, such as {@code ulimit -n 256}
	 * @param options options of the virtual machine, and settings of Runnel
	 * @return the process
	 */
	public static RunnelProcess start(Path folder, String shell, String... options) throws IOException {
		int port;
		try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			port = free.getLocalPort();
		}
		List<String> command = new ArrayList<>(List.of("sh", "-c", shell + " && exec \"$@\"", "sh",
				ProcessHandle.current().info().command().orElseThrow(), "-XX:TieredStopAtLevel=1"));
		List.of(options).stream().filter((option) -> option.startsWith("-X")).forEach(command::add);
		command.addAll(List.of("-cp", System.getProperty("java.class.path"), RunnelApplication.class.getName(),
				"--server.port=" + port, "--runnel.data-dir=" + folder.resolve("data"), "--runnel.mock.pace=0"));
		List.of(options).stream().filter((option) -> option.startsWith("--")).forEach(command::add);
		Path log = folder.resolve("log");
		Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
		RunnelProcess started = new RunnelProcess(process, port, log);
		Awaitility.await().atMost(LIMIT.toSeconds(), TimeUnit.SECONDS).ignoreExceptions().until(started::isServing);
		return started;
	}

	public int port() {
		return this.port;
	}

	/** Returns the log of the process. */
	public String log() throws IOException {
		return Files.readString(this.log);
	}

	public boolean isServing() throws IOException, InterruptedException {
		return visitor().send(request("/actuator/health").GET().build(), HttpResponse.BodyHandlers.ofString())
			.statusCode() == 200;
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

	@Override
	public void close() {
		this.process.destroyForcibly().onExit().join();
	}

}
