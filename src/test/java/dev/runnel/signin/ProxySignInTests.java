package dev.runnel.signin;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.runnel.page.RunningRunnel;
import dev.runnel.security.RunningProxy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The sign-in by a real nginx, configured like in docs/deploy.md. The program that nginx
 * asks who somebody is answers by a cookie.
 */
@Timeout(120)
class ProxySignInTests {

	private static final Pattern EXAMPLE = Pattern.compile("(?s)```nginx\n(.*?)```");

	private static final Pattern PASSED_ON = Pattern.compile("(?s)location / \\{\n(.*?)\n\t}");

	@TempDir
	private Path folder;

	private HttpServer signIn;

	private RunningRunnel runnel;

	@BeforeEach
	void start() throws IOException {
		this.signIn = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.signIn.createContext("/oauth2/auth", ProxySignInTests::answer);
		this.signIn.start();
		this.runnel = RunningRunnel.start("--runnel.data-dir=mem", "--runnel.openrouter.api-key=",
				"--runnel.sign-in.mode=accounts", "--runnel.sign-in-header.name=Remote-User",
				"--runnel.sign-in-header.peers=127.0.0.1", "--runnel.security.trusted-proxies=127.0.0.1");
	}

	@AfterEach
	void stop() {
		this.runnel.close();
		this.signIn.stop(0);
	}

	private static void answer(HttpExchange exchange) throws IOException {
		String cookie = Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("Cookie"), "");
		if (cookie.startsWith("person=")) {
			exchange.getResponseHeaders()
				.set("X-Auth-Request-User", cookie.substring("person=".length()).replaceAll(";.*", ""));
		}
		exchange.sendResponseHeaders(cookie.startsWith("person=") ? 202 : 401, -1);
		exchange.close();
	}

	private String documented() throws IOException {
		String guide = Files.readString(Path.of("docs", "deploy.md"));
		Matcher whole = EXAMPLE.matcher(guide);
		Matcher signingIn = EXAMPLE.matcher(guide.substring(guide.indexOf("## oauth2-proxy")));
		assertThat(whole.find() && signingIn.find()).isTrue();
		Matcher passedOn = PASSED_ON.matcher(whole.group(1));
		assertThat(passedOn.find()).isTrue();
		return ("server { listen LISTEN;\n"
				+ signingIn.group(1).replace("# and the lines of location / above", passedOn.group(1)) + "}")
			.replace("http://127.0.0.1:4180", "http://127.0.0.1:" + this.signIn.getAddress().getPort())
			.replace("http://127.0.0.1:8000", this.runnel.url(""));
	}

	@Test
	void asDocumentedAPersonIsWhoTheProxySaysAndNobodyElse() throws Exception {
		try (RunningProxy proxy = RunningProxy.nginx(this.folder, documented())) {
			String origin = "http://127.0.0.1:" + proxy.port();
			Browsing ann = new Browsing(origin).sending("Cookie", "person=ann");
			assertThat(ann.get("/account").body()).contains("ann");
			assertThat(ann.get("/admin").statusCode()).isEqualTo(403);
			Browsing claimsToBeBob = new Browsing(origin).sending("Cookie", "person=ann").sending("Remote-User", "bob");
			assertThat(claimsToBeBob.get("/account").body()).contains("ann").doesNotContain("bob");
			Browsing nobody = new Browsing(origin).sending("Remote-User", "bob");
			assertThat(nobody.get("/account").statusCode()).isEqualTo(302);
			assertThat(Browsing.location(nobody.get("/account"))).endsWith("/oauth2/sign_in?rd=/account");
		}
	}

}
