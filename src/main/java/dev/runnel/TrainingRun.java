package dev.runnel;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;

/**
 * Starts Runnel with an empty data directory, asks it for the page and for answers, and
 * stops. {@code bin/runnel} lets Java record what this run loads, so that later starts
 * take less time.
 */
final class TrainingRun {

	private static final Duration TIMEOUT = Duration.ofMinutes(1);

	/** Enough that Java knows which methods an answer uses most. */
	private static final int QUESTIONS = 20;

	/** Markdown of many kinds, which the mock quotes. */
	private static final String QUESTION = """
			{"message":"# One\\n\\n- **two** `three`\\n\\n| a | b |\\n| - | - |\\n\\n$x$ https://example.org"}""";

	/**
	 * Settings that keep the data and the model service of the environment out of the
	 * run.
	 */
	private static final String SETTINGS = """
			--server.address=127.0.0.1
			--server.port=0
			--spring.webflux.base-path=
			--RUNNEL_ENV_FILE=
			--runnel.database-url=
			--runnel.security.secret-file=
			--runnel.openrouter.api-key=
			--runnel.openrouter.base-url=
			--runnel.mock.pace=0
			--runnel.data-dir=%s""";

	/** The path of a script, a style or an icon in the page. */
	private static final Pattern FILE = Pattern.compile("(?:src|href)=\"(/assets/[^\"]+)\"");

	private final HttpClient client = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.cookieHandler(new CookieManager())
		.connectTimeout(TIMEOUT)
		.build();

	private final String origin;

	private TrainingRun(int port) {
		this.origin = "http://127.0.0.1:" + port;
	}

	/**
	 * Runs once.
	 * @param args ignored
	 * @throws IOException if the server does not answer
	 * @throws InterruptedException if the thread is interrupted
	 */
	public static void main(String[] args) throws IOException, InterruptedException {
		Path data = Files.createTempDirectory("runnel-training-");
		try (ConfigurableApplicationContext server = RunnelApplication.start(SETTINGS.formatted(data).split("\n"))) {
			new TrainingRun(server.getEnvironment().getRequiredProperty("local.server.port", int.class)).ask();
		}
		finally {
			FileSystemUtils.deleteRecursively(data);
		}
		// A thread that still runs does not keep the process.
		System.exit(0);
	}

	private void ask() throws IOException, InterruptedException {
		Matcher file = FILE.matcher(get("/ai-demo"));
		while (file.find()) {
			get(file.group(1));
		}
		for (int i = 0; i < QUESTIONS; i++) {
			post("/api/chat/stream");
		}
		post("/api/chat");
		for (String path : List.of("/ai-demo", "/api/conversations", "/api/conversations?query=two", "/api/models",
				"/actuator/health")) {
			get(path);
		}
	}

	private String get(String path) throws IOException, InterruptedException {
		return send(path, HttpRequest.newBuilder().GET());
	}

	private void post(String path) throws IOException, InterruptedException {
		HttpRequest.BodyPublisher question = HttpRequest.BodyPublishers.ofString(QUESTION);
		send(path, HttpRequest.newBuilder().header("Content-Type", "application/json").POST(question));
	}

	private String send(String path, HttpRequest.Builder request) throws IOException, InterruptedException {
		HttpRequest complete = request.uri(URI.create(this.origin + path)).timeout(TIMEOUT).build();
		HttpResponse<String> response = this.client.send(complete, HttpResponse.BodyHandlers.ofString());
		if (response.statusCode() != 200) {
			throw new IOException(path + " answers " + response.statusCode());
		}
		return response.body();
	}

}
