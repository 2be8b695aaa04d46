package dev.runnel.page;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

import dev.runnel.ServerJava;
import dev.runnel.upstream.Script;
import dev.runnel.upstream.ScriptedUpstream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server that is killed during an answer and started again: nothing on the page hangs.
 * Each test has a visitor of its own, and goes on with the server of the one before.
 */
@Tag("one-jdk")
@Timeout(400)
class RestartPageTests {

	@RegisterExtension
	static final Browser browser = new Browser();

	@TempDir
	private static Path folder;

	private static ScriptedUpstream upstream;

	private static Process server;

	private static int port;

	private final PacedAnswer answer = new PacedAnswer("A long story. ".repeat(100));

	@BeforeAll
	static void startOnAFreePort() throws IOException {
		try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			port = free.getLocalPort();
		}
		upstream = ScriptedUpstream.start();
		start();
	}

	/** A test that failed may have left no server. */
	@BeforeEach
	void openAsAnotherVisitor() throws IOException {
		if (!server.isAlive()) {
			start();
		}
		upstream.instead(Script.hello());
		browser.driver().get("http://127.0.0.1:" + port + "/actuator/health");
		browser.driver().manage().deleteAllCookies();
		PageSteps.openEmpty(browser, "http://127.0.0.1:" + port + "/ai-demo");
	}

	@AfterAll
	static void stop() throws InterruptedException {
		kill();
		upstream.close();
	}

	@Test
	void offersToGoOnAfterTheServerWasKilledInMidAnswer() throws Exception {
		browser.send("Hi");
		browser.untilStatus("Done");
		upstream.instead(this.answer.script(), Script.hello());
		browser.send("Tell me a story");
		this.answer.release(20);
		browser.untilText("A long story. A long story.");
		kill();
		browser.untilStatus("Reconnecting…");
		start();
		PageSteps.goOnline(browser);
		browser.until("document.querySelector('[role=alert]').innerText.includes('cut off')");
		assertThat(browser.find("#turns").getText()).contains("A long story.");
		assertThat(browser.find("#message").isEnabled()).isTrue();
		browser.button("Try again").click();
		browser.untilStatus("Done");
		assertThat(browser.find("#turns").getText()).contains("Tell me a story", "Hello").doesNotContain("A long");
	}

	@Test
	void theModelGoesOnWithItsAnswerAfterTheServerWasKilled() throws Exception {
		upstream.instead(this.answer.script(), says("The end."));
		browser.send("Tell me a story");
		this.answer.release(20);
		browser.untilText("A long story. A long story.");
		untilStored("A long story.");
		browser.driver().navigate().refresh();
		browser.untilText("A long story.");
		assertNoMock();
		kill();
		start();
		browser.driver().navigate().refresh();
		browser.untilText("A long story.");
		assertNoMock();
		browser.until("document.querySelector('.problem .continue')?.checkVisibility()");
		browser.find(".problem .continue").click();
		browser.untilText("The end.");
		browser.untilStatus("Done");
		assertThat(browser.find("#turns").getText()).contains("A long story.");
		assertNoMock();
	}

	private static void assertNoMock() {
		browser.until("[...document.querySelectorAll('#turns .mock')].every((mock) => !mock.checkVisibility())");
		assertThat(browser.find("#turns").getText().toLowerCase(Locale.ROOT)).doesNotContain("mock");
		assertThat(browser.driver().findElements(By.cssSelector("#turns [data-source=mock]"))).isEmpty();
	}

	@Test
	void findsAllBranchesAfterTheServerWasKilled() throws Exception {
		upstream.instead(says("One."), says("Two."), says("Three."), says("Two, edited."), says("Two, again."));
		for (String question : List.of("First?", "Second?", "Third?")) {
			browser.send(question);
			browser.untilStatus("Done");
		}
		browser.find("#turns article:nth-of-type(3) [data-action=edit]").click();
		browser.until("document.activeElement.value === 'Second?'");
		browser.type(" Really?", Keys.ENTER);
		browser.untilText("Two, edited.");
		browser.untilStatus("Done");
		browser.find("#turns article:last-of-type [data-action=regenerate]").click();
		browser.untilText("Two, again.");
		browser.untilStatus("Done");
		untilStored();
		kill();
		start();
		browser.driver().navigate().refresh();
		browser.untilText("Two, again.");
		assertThat(browser.find("#turns").getText()).contains("First?", "One.", "Second? Really?")
			.doesNotContain("Three.", "Two, edited.");
		step("article:last-of-type", "previous", "Two, edited.");
		step("article:nth-of-type(3)", "previous", "Three.");
		assertThat(browser.find("#turns").getText()).contains("Second?", "Two.", "Third?").doesNotContain("Really?");
		browser.driver().navigate().refresh();
		browser.untilText("Three.");
	}

	/**
	 * Waits until the answers are stored, because reading a conversation waits for the
	 * writes of its ended answers.
	 */
	private static void untilStored() {
		untilStored("");
	}

	/**
	 * Waits until this text is stored, because a running answer is stored a moment after
	 * it is shown.
	 */
	private static void untilStored(String text) {
		browser.driver()
			.executeAsyncScript(
					"""
							const [text, done] = arguments;
							const address = location.pathname.replace('/ai-demo/c/', '/api/conversations/');
							const contents = (messages) => messages.filter((one) => one.role === 'assistant').map((one) => one.content);
							const look = () => fetch(address).then((read) => read.json()).then(({ messages }) =>
								contents(messages).join().includes(text) ? done() : setTimeout(look, 50));
							look();""",
					text);
	}

	private static void step(String turn, String action, String expected) {
		browser.until("document.querySelector('#turns " + turn + " [data-action=" + action + "]').checkVisibility()");
		browser.find("#turns " + turn + " [data-action=" + action + "]").click();
		browser.untilText(expected);
	}

	private static Script says(String text) {
		return Script.stream().text(text).finish("stop").done();
	}

	private static void start() throws IOException {
		server = new ProcessBuilder(ServerJava.command(List.of(),
				List.of("--server.port=" + port, "--runnel.openrouter.api-key=key",
						"--runnel.openrouter.base-url=" + upstream.baseUrl(),
						"--runnel.security.secret-file=" + folder.resolve("secret"),
						"--runnel.data-dir=" + folder.resolve("data"))))
			.inheritIO()
			.start();
		Awaitility.await().atMost(60, TimeUnit.SECONDS).until(RestartPageTests::accepts);
	}

	private static void kill() throws InterruptedException {
		server.destroyForcibly().waitFor();
	}

	private static boolean accepts() {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
			return socket.isConnected();
		}
		catch (IOException ex) {
			return false;
		}
	}

}
