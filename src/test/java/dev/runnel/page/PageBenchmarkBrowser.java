package dev.runnel.page;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.Keys;
import org.openqa.selenium.PageLoadStrategy;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.WebDriverWait;

import org.springframework.core.io.ClassPathResource;
import org.springframework.util.FileSystemUtils;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A separate Chromium for each measurement, so that none is affected by an earlier one.
 */
final class PageBenchmarkBrowser implements AutoCloseable {

	private static final Duration LIMIT = Duration.ofMinutes(3);

	/** The length of a tick of the kernel's CPU time counter. */
	private static final int MILLIS_PER_TICK = 10;

	private final Path profile;

	private final ChromeDriver driver;

	PageBenchmarkBrowser(String url) throws IOException {
		this(url, PageLoadStrategy.NORMAL);
	}

	/**
	 * Opens a page.
	 * @param url the page
	 * @param strategy {@code NONE} to use the browser while it loads a page
	 */
	PageBenchmarkBrowser(String url, PageLoadStrategy strategy) throws IOException {
		this.profile = Files.createTempDirectory("runnel-bench");
		ChromeOptions options = new ChromeOptions().setBinary(onPath("chromium").toFile());
		options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--lang=en",
				"--disable-background-networking", "--window-size=1280,900", "--user-data-dir=" + this.profile);
		options.setPageLoadStrategy(strategy);
		this.driver = new ChromeDriver(
				new ChromeDriverService.Builder().usingDriverExecutable(onPath("chromedriver").toFile())
					.usingAnyFreePort()
					.build(),
				options);
		this.driver.get(url);
		until("document.activeElement?.id === 'message' || location.pathname === '/floor'");
		script("document.getElementById('message').focus()");
	}

	/** Watches the page. With `deep`, it counts each change, which itself costs time. */
	void watch(boolean deep) throws IOException {
		this.driver.executeAsyncScript(new ClassPathResource("page-bench/probe.js").getContentAsString(UTF_8), deep);
	}

	void ask(String load) {
		this.driver.switchTo().activeElement().sendKeys(load, Keys.ENTER);
	}

	void press(String key) {
		this.driver.executeCdpCommand("Input.dispatchKeyEvent", Map.of("type", "keyDown", "key", key, "text", key));
		this.driver.executeCdpCommand("Input.dispatchKeyEvent", Map.of("type", "keyUp", "key", key));
	}

	void wheel(int pixels) {
		this.driver.executeCdpCommand("Input.dispatchMouseEvent",
				Map.of("type", "mouseWheel", "x", 600, "y", 300, "deltaX", 0, "deltaY", pixels));
	}

	void until(String expression) {
		new WebDriverWait(this.driver, LIMIT, Duration.ofMillis(500))
			.until((any) -> Boolean.TRUE.equals(script("return Boolean(" + expression + ")")));
	}

	@SuppressWarnings("unchecked")
	<T> T script(String script) {
		return (T) ((JavascriptExecutor) this.driver).executeScript(script);
	}

	/**
	 * Runs a function of the page, and returns the value that it passes to its callback.
	 */
	@SuppressWarnings("unchecked")
	<T> T later(String function) {
		return (T) this.driver.executeAsyncScript("(" + function + ")(arguments[0])");
	}

	boolean isTrue(String expression) {
		return this.<Boolean>script("return Boolean(" + expression + ")");
	}

	/** Runs a script in each page from now on, before the page's own scripts. */
	void beforeEachPage(String script) {
		this.driver.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", script));
	}

	void visit(String url) {
		this.driver.get(url);
	}

	double number(String expression) {
		return this.<Number>script("return " + expression).doubleValue();
	}

	/** The heap in use after garbage collection, in bytes. */
	double heap() {
		this.driver.executeCdpCommand("HeapProfiler.enable", Map.of());
		for (int round = 0; round < 3; round++) {
			this.driver.executeCdpCommand("HeapProfiler.collectGarbage", Map.of());
		}
		return ((Number) this.driver.executeCdpCommand("Runtime.getHeapUsage", Map.of()).get("usedSize")).doubleValue();
	}

	double listeners() {
		this.driver.executeCdpCommand("Performance.enable", Map.of());
		@SuppressWarnings("unchecked")
		List<Map<String, Object>> metrics = (List<Map<String, Object>>) this.driver
			.executeCdpCommand("Performance.getMetrics", Map.of())
			.get("metrics");
		return metrics.stream()
			.filter((metric) -> metric.get("name").equals("JSEventListeners"))
			.mapToDouble((metric) -> ((Number) metric.get("value")).doubleValue())
			.sum();
	}

	/**
	 * The CPU time of all renderers of this browser so far, in milliseconds.
	 */
	long rendererCpu() throws IOException {
		try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
			long sum = 0;
			for (ProcessHandle process : all.toList()) {
				Path folder = Path.of("/proc", String.valueOf(process.pid()));
				sum += isOurRenderer(folder) ? cpu(folder) : 0;
			}
			return sum;
		}
	}

	private boolean isOurRenderer(Path process) {
		try {
			String command = Files.readString(process.resolve("cmdline"));
			return command.contains("--type=renderer") && command.contains(this.profile.toString());
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static long cpu(Path process) throws IOException {
		String stat = Files.readString(process.resolve("stat"));
		String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
		return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * MILLIS_PER_TICK;
	}

	private static Path onPath(String name) {
		return Stream.of(System.getenv("PATH").split(File.pathSeparator))
			.map((folder) -> Path.of(folder, name))
			.filter(Files::isExecutable)
			.findFirst()
			.orElseThrow(() -> new IllegalStateException(name + " is not on the PATH"));
	}

	@Override
	public void close() throws IOException {
		this.driver.quit();
		FileSystemUtils.deleteRecursively(this.profile);
	}

}
