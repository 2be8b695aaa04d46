package dev.runnel.security;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.runnel.page.RunningRunnel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runnel below a sub-path, behind a real nginx that passes the path on.
 */
class SubPathTests {

	private final HttpClient client = HttpClient.newHttpClient();

	@TempDir
	private Path folder;

	private String site;

	@Test
	void allOfItIsBelowThePath() throws Exception {
		try (RunningRunnel runnel = RunningRunnel.start("--runnel.data-dir=mem", "--runnel.mock.pace=0",
				"--spring.webflux.base-path=/chat", "--runnel.security.trusted-proxies=127.0.0.1");
				RunningProxy nginx = RunningProxy.nginx(this.folder, """
						server {
							listen LISTEN;
							location /chat/ {
								proxy_pass %s;
								proxy_set_header Host $http_host;
							}
						}""".formatted(runnel.url("")))) {
			this.site = nginx.url("");
			HttpResponse<String> page = get("/chat/ai-demo?lang=de");
			String cookies = String.join(";", page.headers().allValues("set-cookie"));
			assertThat(page.headers().allValues("set-cookie")).hasSize(2)
				.allMatch((cookie) -> cookie.contains("Path=/chat"));
			Matcher links = Pattern.compile(" (?:href|src|action)=\"(/[^\"]*)\"").matcher(page.body());
			while (links.find()) {
				assertThat(get(links.group(1)).statusCode()).as(links.group(1)).isEqualTo(200);
			}
			assertThat(get("/chat/").headers().firstValue("location")).hasValue("/chat/ai-demo");
			assertThat(get("/chat/actuator/health").statusCode()).isEqualTo(200);
			assertThat(get("/chat/ai-demo/nowhere").body()).contains("/chat/css/base.css");
			assertThat(posted(page.body(), cookies).headers().firstValue("location").orElseThrow())
				.startsWith("/chat/ai-demo/c/");
		}
	}

	private HttpResponse<String> get(String path) throws Exception {
		return send(request(path).header("Accept", "text/html,*/*"));
	}

	private HttpResponse<String> posted(String page, String cookies) throws Exception {
		Matcher token = Pattern.compile("name=\"token\" value=\"([^\"]+)\"").matcher(page);
		assertThat(token.find()).isTrue();
		String form = "message=Hello&token=" + URLEncoder.encode(token.group(1), StandardCharsets.UTF_8);
		return send(request("/chat/ai-demo").header("Content-Type", "application/x-www-form-urlencoded")
			.header("Origin", this.site)
			.header("Cookie",
					cookies.replaceAll(";[^;]*(?:Path|Max-Age|Expires|Same[Ss]ite)=[^;]*", "")
						.replace("; HttpOnly", ""))
			.POST(HttpRequest.BodyPublishers.ofString(form)));
	}

	private HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create(this.site + path));
	}

	private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
		return this.client.send(request.build(), HttpResponse.BodyHandlers.ofString());
	}

}
