package dev.runnel.page;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How the page's files are bundled, and how much a browser has to load.
 */
class AssetsTests {

	/** The maximum size of all scripts and styles that the page starts with, in bytes. */
	private static final int WEIGHT_LIMIT = 58 * 1024;

	private static final Path SOURCES = Path.of("src/main/resources/static/js");

	private static final Path BUNDLED = Path.of("target/classes/bundle");

	/** The address of a module, from its folder or from the folder of all modules. */
	private static final Pattern ON_DEMAND = Pattern
		.compile("(?:import\\(|new URL\\()'\\./([\\w/-]+\\.js)'|'([\\w/-]+/[\\w-]+\\.js)'");

	/** An import in a minified module. */
	private static final Pattern STATIC_IMPORT = Pattern.compile("(?:from|import)\"(\\.{1,2}/[\\w./-]+\\.js)\"");

	@Test
	void aPageBeginsWithLittle() throws Exception {
		long weight = 0;
		for (String file : List.of("js/app.js.gz", "js/lib/theme.js.gz", "css/page.css.gz")) {
			weight += Files.size(BUNDLED.resolve(file));
		}
		assertThat(weight).isPositive().isLessThanOrEqualTo(WEIGHT_LIMIT);
	}

	@Test
	void compressedFilesSayTheSame() throws Exception {
		byte[] compressed = Files.readAllBytes(BUNDLED.resolve("js/app.js.gz"));
		assertThat(new GZIPInputStream(new ByteArrayInputStream(compressed)).readAllBytes())
			.isEqualTo(Files.readAllBytes(BUNDLED.resolve("js/app.js")));
	}

	@Test
	void stylesAreOneFileInTheirOrder() throws Exception {
		assertThat(Files.readString(BUNDLED.resolve("css/page.css"))).doesNotContain("@import")
			.containsSubsequence("--paper:", ".conversation", ".rendered pre");
	}

	@Test
	void stylesOfDialogsAreAFileOfTheirOwn() throws Exception {
		assertThat(Files.readString(BUNDLED.resolve("css/dialogs.css"))).doesNotContain("@import")
			.contains(".picker", ".settings-group", ".columns", ".menu", ".files");
		assertThat(Files.readString(BUNDLED.resolve("css/page.css"))).doesNotContain(".picker", ".menu", ".files");
	}

	@Test
	void stylesThatFewPagesNeedAreFilesOfTheirOwn() {
		assertThat(
				List.of("css/highlight.css", "css/setup.css", "css/limits.css", "css/noscript.css", "css/sought.css"))
			.allSatisfy((sheet) -> assertThat(BUNDLED.resolve(sheet)).exists());
	}

	@Test
	void modulesThatAreLoadedOnDemandAreBundled() throws Exception {
		List<Path> onDemand;
		try (Stream<Path> sources = Files.walk(SOURCES)) {
			onDemand = sources.filter(Files::isRegularFile).flatMap(AssetsTests::onDemand).distinct().toList();
		}
		assertThat(onDemand).hasSizeGreaterThan(10)
			.allSatisfy((module) -> assertThat(BUNDLED.resolve("js").resolve(module)).exists());
	}

	@Test
	void thePageNeedsOneScriptAndItIsTheOnlyOneThatOthersShare() throws Exception {
		Path shared = BUNDLED.resolve("js/app.js");
		assertThat(imports(shared)).isEmpty();
		try (Stream<Path> files = Files.walk(BUNDLED.resolve("js"))) {
			assertThat(files.filter((file) -> file.toString().endsWith(".js")).flatMap(AssetsTests::imports))
				.isNotEmpty()
				.allMatch(shared::equals);
		}
	}

	@Test
	void theirPathChangesWithTheContentOfAFile(@TempDir Path folder) throws Exception {
		Path styles = Files.createDirectories(folder.resolve("static/css"));
		String[] paths = new String[2];
		for (int version = 0; version < 2; version++) {
			Files.writeString(styles.resolve("page.css"), "p { margin: " + version + " }");
			paths[version] = pathOf(folder);
			assertThat(paths[version]).isEqualTo(pathOf(folder)).matches("/assets/[0-9a-f]{16}");
		}
		assertThat(paths[0]).isNotEqualTo(paths[1]);
	}

	private static String pathOf(Path folder) throws Exception {
		try (URLClassLoader loader = new URLClassLoader(new URL[] { folder.toUri().toURL() }, null)) {
			return Assets.in(new PathMatchingResourcePatternResolver(loader)).path();
		}
	}

	private static Stream<Path> imports(Path bundled) {
		return STATIC_IMPORT.matcher(text(bundled))
			.results()
			.map((found) -> bundled.resolveSibling(found.group(1)).normalize());
	}

	/**
	 * Returns the modules that a module loads on demand, below the folder of all modules.
	 */
	private static Stream<Path> onDemand(Path module) {
		Path folder = SOURCES.relativize(module).resolveSibling("");
		return ON_DEMAND.matcher(text(module))
			.results()
			.map((found) -> (found.group(1) != null) ? folder.resolve(found.group(1)) : Path.of(found.group(2)));
	}

	private static String text(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
