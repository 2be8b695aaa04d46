package dev.runnel.page;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Runs the tests of the modules that need no page, in plain Node.
 */
@Timeout(120)
class FrontEndModuleTests {

	private static final Path TESTS = Path.of("src/test/js");

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
		Process node = new ProcessBuilder(command).redirectErrorStream(true).start();
		String output = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(node.waitFor(60, TimeUnit.SECONDS)).isTrue();
		assertThat(node.exitValue()).as(output).isZero();
		assertThat(output).contains("# fail 0").doesNotContain("# pass 0");
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
