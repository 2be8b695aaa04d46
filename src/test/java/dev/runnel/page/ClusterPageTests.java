package dev.runnel.page;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Semaphore;

import dev.runnel.RunnelCluster;
import dev.runnel.RunnelProcess;
import dev.runnel.conversation.store.Postgres;
import dev.runnel.security.RunningProxy;
import dev.runnel.upstream.Script;
import dev.runnel.upstream.ScriptedUpstream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.WindowType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page behind nginx and two servers, of which the one that writes is killed.
 */
@Tag("one-jdk")
@Timeout(400)
class ClusterPageTests {

	@RegisterExtension
	static final Browser browser = new Browser();

	@RegisterExtension
	static final Postgres postgres = new Postgres();

	private static final String THOUGHT = "I *should* tell `one`:\n\n- short\n- **calm**\n";

	private static final String SENTENCE = "A *long* story. ";

	private static final int SENTENCES = 10;

	@TempDir
	private Path folder;

	/** One piece is one sentence, with its blank in the next piece. */
	private final Semaphore allowed = new Semaphore(0);

	private RunnelCluster cluster;

	private RunnelProcess first;

	private RunnelProcess second;

	private RunningProxy proxy;

	private void start(String takeOver) throws Exception {
		this.cluster = new RunnelCluster(this.folder, postgres, story(), "--runnel.security.trusted-proxies=127.0.0.1",
				"--runnel.stream.take-over=" + takeOver, "--runnel.stream.shutdown-wait=1s");
		this.cluster.upstream().then(Script.stream().text("The end.").finish("stop").done().end());
		List<RunnelProcess> servers = this.cluster.add(2);
		this.first = servers.get(0);
		this.second = servers.get(1);
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

	private Script story() {
		Script story = Script.stream();
		for (int at = 0; at < THOUGHT.length(); at += 7) {
			story.reasoning(THOUGHT.substring(at, Math.min(THOUGHT.length(), at + 7)));
		}
		for (int i = 0; i < 100; i++) {
			story.step((connection) -> this.allowed.acquire()).text(SENTENCE);
		}
		return story.finish("stop").done().end();
	}

	@AfterEach
	void end() throws Exception {
		for (AutoCloseable started : new AutoCloseable[] { this.proxy, this.cluster }) {
			if (started != null) {
				started.close();
			}
		}
	}

	@Test
	void theAnswerEndsOnTheOtherServerAndGoesOnThere() throws Exception {
		start("interrupt");
		PageSteps.openEmpty(browser, this.proxy.url("/ai-demo"));
		browser.send("Tell me a story");
		this.allowed.release(SENTENCES);
		untilShown(SENTENCES);
		this.first.close();
		browser.until("document.querySelector('[role=alert]').innerText.includes('cut off')");
		untilShown(SENTENCES);
		browser.driver().navigate().refresh();
		browser.until("document.querySelector('[role=alert]').innerText.includes('cut off')");
		untilShown(SENTENCES);
		browser.until("document.querySelector('[role=alert] .continue').checkVisibility()");
		browser.find("[role=alert] .continue").click();
		browser.untilText("The end.");
		browser.untilStatus("Done");
		untilShown(SENTENCE.repeat(SENTENCES) + "The end.");
	}

	@Test
	void theOtherServerTakesTheAnswerOverAndThePageReadsItToItsEnd() throws Exception {
		start("continue");
		PageSteps.openEmpty(browser, this.proxy.url("/ai-demo"));
		browser.send("Tell me a story");
		this.allowed.release(SENTENCES);
		untilShown(SENTENCES);
		this.first.close();
		browser.untilText("The end.");
		browser.untilStatus("Done");
		untilShown(SENTENCE.repeat(SENTENCES) + "The end.");
		assertThat(this.cluster.upstream().questions()).isEqualTo(2);
		browser.driver().navigate().refresh();
		untilShown(SENTENCE.repeat(SENTENCES) + "The end.");
	}

	@Test
	void thePageShowsNothingOfAServerThatStopsAndHandsTheAnswerOver() throws Exception {
		start("continue");
		PageSteps.openEmpty(browser, this.proxy.url("/ai-demo"));
		browser.send("Tell me a story");
		this.allowed.release(SENTENCES);
		untilShown(SENTENCES);
		PageSteps.watchNotices(browser);
		this.first.stop();
		browser.untilText("The end.");
		browser.untilStatus("Done");
		untilShown(SENTENCE.repeat(SENTENCES) + "The end.");
		assertThat(PageSteps.notices(browser)).containsExactly("Writing…", "Done");
		assertThat(this.cluster.upstream().questions()).isEqualTo(2);
		this.first.awaitEnd();
	}

	@Test
	void tabsOnBothServersReadTheSameAnswerAndEachStopsIt() throws Exception {
		start("interrupt");
		PageSteps.openEmpty(browser, page(this.first, "/ai-demo"));
		browser.send("Tell me a story");
		ScriptedUpstream.Connection connection = this.cluster.upstream().takeConnection();
		this.allowed.release(SENTENCES);
		untilShown(SENTENCES);
		String firstTab = browser.driver().getWindowHandle();
		String path = URI.create(browser.driver().getCurrentUrl()).getPath();
		browser.driver().switchTo().newWindow(WindowType.TAB);
		browser.driver().get(page(this.second, path));
		untilShown(SENTENCES);
		this.allowed.release(SENTENCES);
		untilShown(2 * SENTENCES);
		browser.button("Stop").click();
		browser.untilStatus("Stopped");
		connection.awaitClientClosed();
		untilShown(2 * SENTENCES);
		browser.driver().switchTo().window(firstTab);
		browser.untilStatus("Stopped");
		untilShown(2 * SENTENCES);
	}

	private static String page(RunnelProcess server, String path) {
		return "http://127.0.0.1:" + server.port() + path;
	}

	/**
	 * Waits until the page shows the thought and this many sentences, with the HTML of
	 * one rendering.
	 */
	private static void untilShown(int sentences) {
		untilShown(SENTENCE.repeat(sentences));
	}

	private static void untilShown(String text) {
		PageSteps.eventually(() -> {
			assertThat(PageSteps.html(browser, ".reasoning-text")).isEqualTo(PageSteps.batchHtml(browser, THOUGHT));
			assertThat(PageSteps.answerHtml(browser)).isEqualTo(PageSteps.batchHtml(browser, text));
		});
	}

}
