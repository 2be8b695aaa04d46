package dev.runnel.security;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.runnel.page.RunningRunnel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A shared cache never gives a visitor the cookie or the text of another visitor, and it
 * does cache the files of the page.
 */
class CachingProxyTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private static final List<String> PATHS = List.of("/", "/ai-demo", "/ai-demo?lang=de", "/nope", "/ai-demo/nope",
			"/api/models", "/api/presets", "/api/chat/streams", "/api/conversations", "/api/nope", "/actuator/health",
			"/icons/icon-192.png", "/js/app.js", "/css/page.css", "/manifest.webmanifest");

	private static RunningRunnel runnel;

	@TempDir
	private Path folder;

	private final HttpClient client = HttpClient.newHttpClient();

	@BeforeAll
	static void start() {
		runnel = RunningRunnel.start("--runnel.data-dir=mem", "--runnel.mock.pace=0");
	}

	@AfterAll
	static void stop() {
		runnel.close();
	}

	@Test
	void nginxGivesNobodyWhatIsAnothers() throws Exception {
		try (RunningProxy proxy = RunningProxy.nginx(this.folder, """
				proxy_cache_path cache keys_zone=all:1m;
				server {
					listen LISTEN;
					location / {
						proxy_pass %s;
						proxy_cache all;
						proxy_cache_valid any 10m;
						proxy_cache_revalidate on;
						proxy_set_header Host $http_host;
						add_header X-Cache $upstream_cache_status always;
					}
				}
				""".formatted(runnel.url("")))) {
			givesNobodyWhatIsAnothers(proxy);
		}
	}

	@Test
	void apacheGivesNobodyWhatIsAnothers() throws Exception {
		Path cache = Files.createDirectory(this.folder.resolve("cache"));
		Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwxrwxrwx"));
		try (RunningProxy proxy = RunningProxy.apache(this.folder,
				List.of("proxy", "proxy_http", "cache", "cache_disk"), """
						CacheRoot %s
						CacheEnable disk /
						CacheHeader on
						ProxyPreserveHost On
						ProxyPass / %s
						""".formatted(cache, runnel.url("/")))) {
			givesNobodyWhatIsAnothers(proxy);
		}
	}

	private void givesNobodyWhatIsAnothers(RunningProxy proxy) throws Exception {
		String own = cookie(get(proxy, "/ai-demo", null));
		String stream = ask(proxy, own);
		for (String path : PATHS) {
			HttpResponse<String> stranger = get(proxy, path, null);
			get(proxy, path, null);
			assertThat(cookie(get(proxy, path, own))).as(path).isIn(null, own);
			if (cookie(stranger) != null) {
				assertThat(cookie(get(proxy, path, null))).as(path).isNotEqualTo(cookie(stranger));
			}
		}
		for (String path : List.of(stream, "/api/conversations")) {
			assertThat(get(proxy, path, own).body()).as(path).contains("A secret");
			assertThat(get(proxy, path, own).headers().firstValue("X-Cache").orElse("MISS")).as(path)
				.doesNotContain("HIT");
			assertThat(get(proxy, path, null).body()).as(path).doesNotContain("A secret");
		}
		keepsTheFilesOfThePage(proxy);
	}

	private void keepsTheFilesOfThePage(RunningProxy proxy) throws Exception {
		Matcher asset = Pattern.compile("/assets/[^\"]+/js/app.js").matcher(get(proxy, "/ai-demo", null).body());
		assertThat(asset.find()).isTrue();
		get(proxy, asset.group(), null);
		HttpResponse<String> again = get(proxy, asset.group(), null);
		assertThat(again.headers().firstValue("X-Cache").orElse("")).contains("HIT");
		assertThat(cookie(again)).isNull();
	}

	/**
	 * Asks a question, reads the answer to its end, and returns the path of the
	 * conversation.
	 */
	private String ask(RunningProxy proxy, String cookie) throws Exception {
		HttpResponse<String> answer = this.client.send(HttpRequest.newBuilder(URI.create(proxy.url("/api/chat/stream")))
			.timeout(LIMIT)
			.header("Cookie", cookie)
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString("{\"message\":\"A secret\"}"))
			.build(), HttpResponse.BodyHandlers.ofString());
		Matcher id = Pattern.compile("\"conversationId\":\"([^\"]+)\"").matcher(answer.body());
		assertThat(id.find()).isTrue();
		return "/api/conversations/" + id.group(1);
	}

	private HttpResponse<String> get(RunningProxy proxy, String path, String cookie) throws Exception {
		HttpRequest.Builder get = HttpRequest.newBuilder(URI.create(proxy.url(path))).timeout(LIMIT);
		if (cookie != null) {
			get.header("Cookie", cookie);
		}
		return this.client.send(get.build(), HttpResponse.BodyHandlers.ofString());
	}

	/** Returns the visitor cookie in the form that a browser sends; null for none. */
	private static String cookie(HttpResponse<?> response) {
		return response.headers()
			.allValues("Set-Cookie")
			.stream()
			.filter((cookie) -> cookie.startsWith("runnel"))
			.map((cookie) -> cookie.substring(0, cookie.indexOf(';')))
			.findFirst()
			.orElse(null);
	}

}
