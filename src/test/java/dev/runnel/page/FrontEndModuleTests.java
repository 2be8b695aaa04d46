package dev.runnel.page;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Runs what needs no page, in plain Node: the tests of the modules, and the check of
 * their style.
 */
@Tag("one-jdk")
@Timeout(600)
class FrontEndModuleTests {

	private static final Path TESTS = Path.of("src/test/js");

	private static final Pattern TYPESCRIPT_FILE = Pattern.compile("/lib/(typescript\\.js|lib(?:\\.\\w+)*\\.d\\.ts)$");

	@BeforeAll
	static void needsNode() {
		assumeTrue(hasNode(), "The modules' own tests need node (20.19 or later) on the PATH");
	}

	@Test
	void modulesPassTheirOwnTests() throws Exception {
		List<String> command = new ArrayList<>(List.of("node", "--test", "--test-reporter=tap"));
		try (Stream<Path> files = Files.list(TESTS)) {
			files.map(Path::toString).filter((name) -> name.endsWith(".test.mjs")).sorted().forEach(command::add);
		}
		assertThat(outputOf(command)).contains("# fail 0").doesNotContain("# pass 0");
	}

	@Test
	void scriptsAndTemplatesKeepTheirStyle(@TempDir Path folder) throws Exception {
		unpackTypeScript(folder);
		String output = outputOf(List.of("node", TESTS.resolve("style.mjs").toString(),
				folder.resolve("typescript.js").toAbsolutePath().toString()));
		assertThat(output).contains(", 0 findings").doesNotContain("0 scripts, ");
	}

	/** Runs a command that has to succeed. */
	private static String outputOf(List<String> command) throws Exception {
		Process node = new ProcessBuilder(command).redirectErrorStream(true).start();
		String output = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(node.waitFor(60, TimeUnit.SECONDS)).isTrue();
		assertThat(node.exitValue()).as(output).isZero();
		return output;
	}

	/**
	 * Copies TypeScript, and what it knows of the language and the browser, from the
	 * library.
	 */
	private static void unpackTypeScript(Path folder) throws IOException {
		URL description = new ClassPathResource("META-INF/maven/org.webjars.npm/typescript/pom.properties").getURL();
		JarURLConnection library = (JarURLConnection) description.openConnection();
		library.setUseCaches(false);
		try (JarFile jar = library.getJarFile()) {
			for (JarEntry entry : Collections.list(jar.entries())) {
				Matcher file = TYPESCRIPT_FILE.matcher(entry.getName());
				if (file.find()) {
					Files.copy(jar.getInputStream(entry), folder.resolve(file.group(1)));
				}
			}
		}
	}

	private static boolean hasNode() {
		try {
			Process node = new ProcessBuilder("node", "--version").start();
			String version = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
			return isRecent(version.substring(1).split("\\."));
		}
		catch (IOException ex) {
			return false;
		}
	}

	/** Older versions do not recognize a module by its content. */
	private static boolean isRecent(String[] version) {
		int major = Integer.parseInt(version[0]);
		return major > 20 || (major == 20 && Integer.parseInt(version[1]) >= 19);
	}

}
