package dev.runnel.page;

import java.nio.file.Files;
import java.nio.file.Path;

import dev.runnel.RunnelProcess;
import dev.runnel.conversation.store.Postgres;
import dev.runnel.security.RunningProxy;
import dev.runnel.stream.redis.RedisServer;
import dev.runnel.upstream.Script;
import dev.runnel.upstream.ScriptedUpstream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page behind nginx and two servers, of which the one that writes is killed.
 */
@Timeout(400)
class ClusterPageTests {

	@RegisterExtension
	static final Browser browser = new Browser();

	@RegisterExtension
	static final Postgres postgres = new Postgres();

	private static final int SENTENCES = 10;

	@TempDir
	private Path folder;

	/** Two pieces are one sentence with its blank. */
	private final PacedAnswer answer = new PacedAnswer("A long story. ".repeat(100));

	private ScriptedUpstream upstream;

	private RedisServer redis;

	private RunnelProcess first;

	private RunnelProcess second;

	private RunningProxy proxy;

	@BeforeEach
	void start() throws Exception {
		this.redis = RedisServer.onFreePort();
		this.upstream = ScriptedUpstream.start(this.answer.script(),
				Script.stream().text("The end.").finish("stop").done().end());
		String database = postgres.newDatabase();
		this.first = server("first", database);
		this.second = server("second", database);
		this.proxy = RunningProxy.nginx(Files.createDirectory(this.folder.resolve("nginx")), """
				upstream runnel {
					server 127.0.0.1:%d max_fails=1 fail_timeout=60s;
					server 127.0.0.1:%d backup;
				}
				server {
					listen LISTEN;
					location / {
						proxy_pass http://runnel;
						proxy_http_version 1.1;
						proxy_set_header Connection "";
						proxy_set_header Host $http_host;
						proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
					}
				}
				""".formatted(this.first.port(), this.second.port()));
	}

	private RunnelProcess server(String name, String database) throws Exception {
		return RunnelProcess.start(Files.createDirectory(this.folder.resolve(name)), "true",
				"--runnel.database-url=" + database, "--runnel.redis.url=" + this.redis.url(),
				"--runnel.security.secret=the same secret of both servers, for tests only",
				"--runnel.security.trusted-proxies=127.0.0.1", "--runnel.openrouter.api-key=key",
				"--runnel.openrouter.base-url=" + this.upstream.baseUrl(), "--runnel.openrouter.model=acme/asked",
				"--runnel.chat.title-timeout=0s", "--runnel.redis.node-timeout=5s");
	}

	@AfterEach
	void end() throws Exception {
		for (AutoCloseable started : new AutoCloseable[] { this.proxy, this.first, this.second, this.redis,
				this.upstream }) {
			if (started != null) {
				started.close();
			}
		}
	}

	@Test
	void theAnswerEndsOnTheOtherServerAndGoesOnThere() {
		PageSteps.openEmpty(browser, this.proxy.url("/ai-demo"));
		browser.send("Tell me a story");
		this.answer.release(2 * SENTENCES);
		browser.until(shown(SENTENCES));
		this.first.close();
		browser.until("document.querySelector('[role=alert]').innerText.includes('interrupted')");
		browser.until(shown(SENTENCES));
		assertThat(browser.find("#turns").getText()).contains("Incomplete");
		browser.driver().navigate().refresh();
		browser.until(shown(SENTENCES));
		browser.button("Continue").click();
		browser.untilText("The end.");
		browser.untilStatus("Answer complete");
		browser.until(shown(SENTENCES));
	}

	/** A condition: the page has the sentence exactly this often. */
	private static String shown(int sentences) {
		return "document.querySelector('#turns').innerText.split('A long story.').length === " + (sentences + 1);
	}

}
