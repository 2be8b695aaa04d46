package dev.runnel.attachments;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import dev.runnel.RunnelProcess;
import dev.runnel.upstream.Script;
import dev.runnel.upstream.ScriptedUpstream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.FileSystemUtils;

/**
 * Measures files over HTTP, each time with a server of its own. The arguments choose the
 * measurements: {@code open}, {@code upload}, {@code bombs}.
 */
final class FilesBenchmark {

	private static final int PICTURES = 30;

	private static final int WARM = 300;

	private static final int REQUESTS = 200;

	private static final int MEGABYTE = 1024 * 1024;

	/** The largest file that can be attached, and the heap that it may cost. */
	private static final int UPLOAD = 20 * MEGABYTE;

	/** The last line of a histogram: the objects and the bytes that are in use. */
	private static final Pattern TOTAL = Pattern.compile("(?m)^Total +\\d+ +(\\d+)");

	private static final String ANSWER = "# So\n\n**It** is `tea`, and\n\n- hot\n- sweet\n";

	private final Path folder;

	private final HttpClient visitor = RunnelProcess.visitor();

	private FilesBenchmark(Path folder) {
		this.folder = folder;
	}

	public static void main(String... parts) throws Exception {
		for (String part : parts) {
			Path folder = Files.createTempDirectory("runnel-benchmark");
			try {
				new FilesBenchmark(folder).measure(part);
			}
			finally {
				FileSystemUtils.deleteRecursively(folder);
			}
		}
	}

	private void measure(String part) throws Exception {
		switch (part) {
			case "open" -> open();
			case "upload" -> upload();
			case "bombs" -> bombs();
			default -> throw new IllegalArgumentException("There is no measurement " + part);
		}
	}

	private RunnelProcess start(String name, String... options) throws IOException {
		return RunnelProcess.start(Files.createDirectory(this.folder.resolve(name)), "true", options);
	}

	private HttpResponse<String> post(RunnelProcess server, String name, byte[] file) throws Exception {
		return this.visitor.send(server.request("/api/files?name=" + name)
			.header("Content-Type", "application/octet-stream")
			.POST(BodyPublishers.ofByteArray(file))
			.build(), BodyHandlers.ofString());
	}

	private static JsonNode json(HttpResponse<String> response) {
		if (response.statusCode() >= 300) {
			throw new IllegalStateException(response.body());
		}
		return JsonMapper.shared().readTree(response.body());
	}

	/** Compares a conversation with pictures and the same one without. */
	private void open() throws Exception {
		try (ScriptedUpstream upstream = ScriptedUpstream.start()
			.answering((question) -> Script.stream().text(ANSWER).finish("stop").done().end());
				RunnelProcess server = start("open", "--runnel.openrouter.base-url=" + upstream.baseUrl(),
						"--runnel.openrouter.api-key=key")) {
			String plain = conversation(server, false);
			String pictures = conversation(server, true);
			times(server, List.of(plain, pictures), WARM);
			Map<String, List<Long>> times = times(server, List.of(plain, pictures), REQUESTS);
			double without = median(times.get(plain));
			double with = median(times.get(pictures));
			System.out.printf("open %d questions: %.2f ms, with %d pictures %.2f ms, ratio %.2f%n", PICTURES,
					without / 1e6, PICTURES, with / 1e6, with / without);
		}
	}

	private String conversation(RunnelProcess server, boolean pictures) throws Exception {
		String begun = "";
		for (int i = 0; i < PICTURES; i++) {
			String file = pictures
					? json(post(server, i + ".png", SampleFiles.picture("png", 300 + i, 200))).get("id").toString()
					: "";
			String body = "{\"message\":\"What is **this**, " + i + "?\",\"attachments\":[" + file + "]" + begun + "}";
			JsonNode answer = json(this.visitor.send(server.request("/api/chat")
				.header("Content-Type", "application/json")
				.POST(BodyPublishers.ofString(body))
				.build(), BodyHandlers.ofString()));
			begun = ",\"conversationId\":" + answer.get("conversationId");
		}
		return begun.substring(begun.indexOf(':') + 2, begun.length() - 1);
	}

	/** Opens conversations in turns, so that both meet the same machine. */
	private Map<String, List<Long>> times(RunnelProcess server, List<String> conversations, int requests)
			throws Exception {
		Map<String, List<Long>> times = new LinkedHashMap<>();
		for (int i = 0; i < requests; i++) {
			for (String conversation : conversations) {
				long begun = System.nanoTime();
				json(this.visitor.send(server.request("/api/conversations/" + conversation).GET().build(),
						BodyHandlers.ofString()));
				times.computeIfAbsent(conversation, (first) -> new ArrayList<>()).add(System.nanoTime() - begun);
			}
		}
		return times;
	}

	private static long median(List<Long> times) {
		return times.stream().sorted().skip(times.size() / 2).findFirst().orElseThrow();
	}

	/** Uploads to a server whose heap is little larger than what it needs when idle. */
	private void upload() throws Exception {
		long idle;
		try (RunnelProcess server = start("idle", "-Xmx96m", "-XX:+UseSerialGC")) {
			json(post(server, "small.png", SampleFiles.largePng(1000)));
			idle = live(server);
		}
		long heap = (idle + UPLOAD) / MEGABYTE;
		byte[] file = SampleFiles.largePng(UPLOAD - 1000);
		try (RunnelProcess server = start("small", "-Xmx" + heap + "m", "-XX:+UseSerialGC",
				"-XX:+ExitOnOutOfMemoryError")) {
			json(post(server, "small.png", SampleFiles.largePng(1000)));
			long begun = System.nanoTime();
			json(post(server, "large.png", file));
			Duration taken = Duration.ofNanos(System.nanoTime() - begun);
			System.out.printf("idle %.1f MB; with -Xmx%dm, %d bytes are taken in %d ms, and %.1f MB are in use%n",
					(double) idle / MEGABYTE, heap, file.length, taken.toMillis(), (double) live(server) / MEGABYTE);
		}
	}

	/** Returns the bytes in use after a collection of the whole heap. */
	private static long live(RunnelProcess server) throws Exception {
		Process histogram = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
				Long.toString(server.pid()), "GC.class_histogram")
			.start();
		String lines = new String(histogram.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		MatchResult total = TOTAL.matcher(lines).results().findFirst().orElseThrow();
		return Long.parseLong(total.group(1));
	}

	/** Sends each kind of bomb twice. */
	private void bombs() throws Exception {
		Map<String, byte[]> bombs = new LinkedHashMap<>();
		bombs.put("20000x20000.png", SampleFiles.pngOfSize(20_000, 20_000));
		bombs.put("zip-of-1000-megabytes.docx", SampleFiles.zipBomb(1000));
		bombs.put("10000-pages.pdf", SampleFiles.scan(10_000));
		bombs.put("nested-forms.pdf", PdfBombs.ofNestedForms(12, 10));
		bombs.put("page-of-200-megabytes.pdf", PdfBombs.ofBlanks(200));
		bombs.put("packed-twice.pdf", PdfBombs.packedTwice(200));
		bombs.put("5000000-operators.pdf", PdfBombs.ofOperators(5_000_000));
		bombs.put("font-of-200-megabytes.pdf", PdfBombs.ofLargeFont(200));
		try (RunnelProcess server = start("bombs", "-Xmx96m", "-XX:+ExitOnOutOfMemoryError")) {
			for (Map.Entry<String, byte[]> bomb : bombs.entrySet()) {
				System.out.printf("%s, %d bytes: %s, %s%n", bomb.getKey(), bomb.getValue().length,
						refusal(server, bomb), refusal(server, bomb));
			}
		}
	}

	private String refusal(RunnelProcess server, Map.Entry<String, byte[]> bomb) throws Exception {
		long begun = System.nanoTime();
		int status = post(server, bomb.getKey(), bomb.getValue()).statusCode();
		return status + " after " + Duration.ofNanos(System.nanoTime() - begun).toMillis() + " ms";
	}

}
