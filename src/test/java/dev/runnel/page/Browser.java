package dev.runnel.page;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptException;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.WebDriverWait;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.FileSystemUtils;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

/**
 * A headless Chromium, found on the {@code PATH} and started once for all page tests.
 * Without one, the tests are skipped with a message, unless
 * {@code RUNNEL_REQUIRE_BROWSER=true} (environment or system property) requires it.
 */
final class Browser implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private static final String[] FLAGS = { "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic",
			"--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
			"--disable-default-apps", "--lang=en" };

	private ChromeDriver driver;

	@Override
	public void beforeAll(ExtensionContext context) {
		this.driver = context.getRoot()
			.getStore(Namespace.create(Browser.class))
			.computeIfAbsent(Running.class, (key) -> start(), Running.class)
			.driver();
	}

	/**
	 * Starts each test with one window of the same size, a working network and an empty
	 * log.
	 */
	@Override
	public void beforeEach(ExtensionContext context) {
		closeOtherWindows();
		size(1280, 900);
		touch(false);
		media("prefers-color-scheme", "light");
		offline(false);
		block();
		scripts(true);
		console();
	}

	/** Leaves the page, because its scripts would take time from the tests after it. */
	@Override
	public void afterAll(ExtensionContext context) {
		if (this.driver != null) {
			closeOtherWindows();
			leavePage(this.driver);
		}
	}

	/** A new window shows a page of the browser, which refuses some scripts of tests. */
	private static void leavePage(ChromeDriver driver) {
		driver.get("about:blank");
	}

	private void closeOtherWindows() {
		this.driver.getWindowHandles()
			.stream()
			.skip(1)
			.forEach((extra) -> this.driver.switchTo().window(extra).close());
		this.driver.switchTo().window(this.driver.getWindowHandles().iterator().next());
	}

	ChromeDriver driver() {
		return this.driver;
	}

	void size(int width, int height) {
		this.driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
				Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
	}

	void media(String feature, String value) {
		this.driver.executeCdpCommand("Emulation.setEmulatedMedia",
				Map.of("features", new Object[] { Map.of("name", feature, "value", value) }));
	}

	/** Turns the scripts of the pages that are opened from now on off, or on again. */
	void scripts(boolean on) {
		this.driver.executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", !on));
	}

	/** Shows the page in its print layout. */
	void paper(boolean paper) {
		this.driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", paper ? "print" : ""));
	}

	/** A small touch screen: no mouse, and a keyboard that covers a part of it. */
	void phone() {
		this.driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
				Map.of("width", 360, "height", 740, "deviceScaleFactor", 1, "mobile", true));
		touch(true);
	}

	private void touch(boolean touch) {
		this.driver.executeCdpCommand("Emulation.setTouchEmulationEnabled", Map.of("enabled", touch));
	}

	void offline(boolean offline) {
		network(offline, -1);
	}

	/** Limits what the page sends, in bytes a second. */
	void slowUploads(int rate) {
		network(false, rate);
	}

	private void network(boolean offline, int uploadRate) {
		this.driver.executeCdpCommand("Network.enable", Map.of());
		this.driver.executeCdpCommand("Network.emulateNetworkConditions",
				Map.of("offline", offline, "latency", 0, "downloadThroughput", -1, "uploadThroughput", uploadRate));
	}

	/**
	 * Blocks the addresses that match one of these patterns, in the browser's cache too.
	 */
	void block(String... patterns) {
		this.driver.executeCdpCommand("Network.enable", Map.of());
		this.driver.executeCdpCommand("Network.setCacheDisabled", Map.of("cacheDisabled", patterns.length > 0));
		this.driver.executeCdpCommand("Network.setBlockedURLs", Map.of("urls", List.of(patterns)));
	}

	/** Opens a page whose scripts find nothing stored. */
	void openEmpty(String address) {
		Object clearing = this.driver
			.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument",
					Map.of("source", "localStorage.clear(); sessionStorage.clear()"))
			.get("identifier");
		this.driver.get(address);
		this.driver.executeCdpCommand("Page.removeScriptToEvaluateOnNewDocument", Map.of("identifier", clearing));
	}

	WebElement find(String selector) {
		return this.driver.findElement(By.cssSelector(selector));
	}

	WebElement button(String name) {
		return this.driver.findElement(By.xpath("//button[normalize-space()='" + name + "']"));
	}

	/** Types into the focused element. */
	void type(CharSequence... keys) {
		this.driver.switchTo().activeElement().sendKeys(keys);
	}

	void send(String message) {
		type(message, Keys.ENTER);
	}

	@SuppressWarnings("unchecked")
	<T> T script(String script, Object... arguments) {
		return (T) this.driver.executeScript(script, arguments);
	}

	/**
	 * Waits until an expression of the page is true. The elements that it reads may not
	 * exist yet.
	 */
	void until(String expression, Object... arguments) {
		new WebDriverWait(this.driver, LIMIT, Duration.ofMillis(20)).ignoring(JavascriptException.class)
			.withMessage(() -> expression + describe())
			.until((driver) -> Boolean.TRUE.equals(script("return Boolean(" + expression + ")", arguments)));
	}

	/** The state of the page, for the message of a failed test. */
	private String describe() {
		return script(
				"""
						const text = (selector) => document.querySelector(selector)?.innerText;
						return `: status "${text('[role=status]')}", alert "${text('[role=alert]')}", ${document.visibilityState}, `
							+ `${document.querySelectorAll('article').length} turns ending in "${text('#turns')?.slice(-200)}"`""");
	}

	/** Waits for an element without a script of the page. */
	WebElement await(String selector) {
		return new WebDriverWait(this.driver, LIMIT, Duration.ofMillis(20))
			.until((driver) -> driver.findElement(By.cssSelector(selector)));
	}

	/** Waits for an address without a script of the page. */
	void awaitAddress(String address) {
		new WebDriverWait(this.driver, LIMIT, Duration.ofMillis(20))
			.until((driver) -> address.equals(driver.getCurrentUrl()));
	}

	void untilStatus(String status) {
		until("document.querySelector('[role=status]').textContent === arguments[0]", status);
	}

	void untilText(String text) {
		until("document.getElementById('turns').innerText.includes(arguments[0])", text);
	}

	void untilIdle() {
		until("document.querySelector('[data-phase]').dataset.phase === 'idle'");
	}

	/** Waits until the pending frames are painted. */
	void untilPainted() {
		this.driver.executeAsyncScript("requestAnimationFrame(() => requestAnimationFrame(() => arguments[0]()))");
	}

	/** The console messages since the last call. */
	List<String> console() {
		return this.driver.manage().logs().get("browser").getAll().stream().map(Object::toString).toList();
	}

	/** The hosts of all requests since the last call. */
	Set<String> hosts() {
		return this.driver.manage()
			.logs()
			.get("performance")
			.getAll()
			.stream()
			.map((entry) -> JsonMapper.shared().readTree(entry.getMessage()).at("/message"))
			.filter((message) -> message.at("/method").asString("").equals("Network.requestWillBeSent"))
			.map((message) -> URI.create(message.at("/params/request/url").asString()))
			.filter((url) -> url.getScheme().startsWith("http"))
			.map(URI::getHost)
			.collect(Collectors.toSet());
	}

	/**
	 * The requests that failed or were cut off since the last call: method, address,
	 * reason.
	 */
	List<String> failures() {
		Map<String, String> requests = new HashMap<>();
		List<String> failed = new ArrayList<>();
		this.driver.manage().logs().get("performance").getAll().forEach((entry) -> {
			JsonNode message = JsonMapper.shared().readTree(entry.getMessage()).at("/message");
			String request = message.at("/params/requestId").asString("");
			if (message.at("/method").asString("").equals("Network.requestWillBeSent")) {
				JsonNode sent = message.at("/params/request");
				requests.put(request, sent.at("/method").asString("") + " " + sent.at("/url").asString(""));
			}
			if (message.at("/method").asString("").equals("Network.loadingFailed")) {
				failed.add(requests.getOrDefault(request, "") + " " + message.at("/params/errorText").asString(""));
			}
		});
		return failed;
	}

	private static Running start() {
		Optional<Path> chromium = onPath("chromium", "chromium-browser", "google-chrome");
		Optional<Path> chromedriver = onPath("chromedriver");
		if (chromium.isEmpty() || chromedriver.isEmpty()) {
			missing("The page's tests need chromium and chromedriver on the PATH");
		}
		return Running.with(chromium.orElseThrow(), chromedriver.orElseThrow());
	}

	private static void missing(String what) {
		String required = System.getProperty("RUNNEL_REQUIRE_BROWSER", System.getenv("RUNNEL_REQUIRE_BROWSER"));
		if (Boolean.parseBoolean(required)) {
			fail(what);
		}
		abort(what);
	}

	private static Optional<Path> onPath(String... names) {
		return Stream.of(names)
			.flatMap((name) -> Stream.of(System.getenv("PATH").split(File.pathSeparator))
				.map((folder) -> Path.of(folder, name)))
			.filter(Files::isExecutable)
			.findFirst();
	}

	/** The browser and its profile, which is deleted after the last test. */
	private record Running(ChromeDriver driver, Path profile) implements AutoCloseable {

		static Running with(Path chromium, Path chromedriver) {
			Path profile = temporaryFolder();
			ChromeDriverService service = new ChromeDriverService.Builder().usingDriverExecutable(chromedriver.toFile())
				.usingAnyFreePort()
				.build();
			ChromeOptions options = new ChromeOptions().setBinary(chromium.toFile());
			options.addArguments(FLAGS).addArguments("--user-data-dir=" + profile);
			options.setCapability("goog:loggingPrefs", Map.of("browser", "ALL", "performance", "ALL"));
			ChromeDriver driver = new ChromeDriver(service, options);
			leavePage(driver);
			return new Running(driver, profile);
		}

		private static Path temporaryFolder() {
			try {
				return Files.createTempDirectory("runnel-browser");
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		@Override
		public void close() throws IOException {
			this.driver.quit();
			FileSystemUtils.deleteRecursively(this.profile);
		}

	}

}
