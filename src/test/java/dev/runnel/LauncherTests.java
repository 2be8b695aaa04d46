package dev.runnel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@code bin/runnel} of the release archive, with a script in place of Java.
 */
@Timeout(120)
@DisabledOnOs(OS.WINDOWS)
class LauncherTests {

	/**
	 * Ends a check of the cache with the code in the variable REFUSED. Prints the limit
	 * of the areas of memory if the variable ASKED is set.
	 */
	private static final String JAVA = """
			#!/bin/sh
			case $* in *-version*) exit ${REFUSED:-0} ;; esac
			for option; do
			  case $option in
			    -XX:AOTCacheOutput=* | -XX:ArchiveClassesAtExit=*) echo cache >"${option#*=}" ;;
			  esac
			done
			[ -z "${ASKED:-}" ] || echo "$MALLOC_ARENA_MAX areas"
			echo "java $*"
			""";

	@TempDir
	private Path folder;

	private Path home;

	private Path launcher;

	@BeforeEach
	void install() throws IOException {
		this.home = this.folder.resolve("with a blank");
		this.launcher = this.home.resolve("bin/runnel");
		Files.createDirectories(this.launcher.getParent());
		Files.copy(Path.of("src/main/dist/bin/runnel"), this.launcher);
		Files.setPosixFilePermissions(this.launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
		java("25.0.3+9-LTS");
	}

	/** Installs a Java of this version. */
	private void java(String version) throws IOException {
		Path java = this.folder.resolve("jdk/bin/java");
		Files.createDirectories(java.getParent());
		Files.writeString(java, JAVA);
		Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
		Files.writeString(this.folder.resolve("jdk/release"),
				"JAVA_RUNTIME_VERSION=\"" + version + "\"\nJAVA_VERSION=\"0\"\n");
	}

	/** Runs the launcher and returns what it and Java say. */
	private String run(Map<String, String> environment, String... arguments) throws Exception {
		return run(this.launcher, environment, arguments);
	}

	private String run(Path program, Map<String, String> environment, String... arguments) throws Exception {
		List<String> command = new ArrayList<>(List.of(program.toString()));
		command.addAll(List.of(arguments));
		Path said = this.folder.resolve("said");
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
		builder.environment().keySet().removeIf((name) -> name.matches("(JAVA|JDK|RUNNEL|MALLOC).*|TMPDIR"));
		builder.environment().put("JAVA_HOME", this.folder.resolve("jdk").toString());
		builder.environment().putAll(environment);
		Process process = builder.start();
		try {
			assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
			return Files.readString(said);
		}
		finally {
			process.destroyForcibly();
		}
	}

	private List<String> caches() throws IOException {
		try (Stream<Path> files = Files.list(this.home)) {
			return files.filter(Files::isRegularFile).map((file) -> file.getFileName().toString()).sorted().toList();
		}
	}

	@Test
	void theFirstStartMakesTheCacheAndLaterOnesUseIt() throws Exception {
		String first = run(Map.of(), "--server.port=0");
		assertThat(first).startsWith("runnel: making a cache");
		assertThat(caches()).containsExactly("runnel-25.0.3+9-LTS-default.aot");
		String second = run(Map.of(), "--server.port=0");
		assertThat(second).startsWith("java -Xms64m -Xmx")
			.contains("-XX:AOTCache=" + this.home.toRealPath().resolve("runnel-25.0.3+9-LTS-default.aot"))
			.endsWith("dev.runnel.RunnelApplication --server.port=0\n");
		assertThat(first).endsWith(second);
	}

	@Test
	void onlyPreparesIfAskedTo() throws Exception {
		assertThat(run(Map.of(), "prepare", "large")).doesNotContain("RunnelApplication");
		assertThat(caches()).containsExactly("runnel-25.0.3+9-LTS-large.aot");
	}

	@Test
	void theProfileSmallUsesTheCacheOfTheUsualProfile() throws Exception {
		run(Map.of(), "prepare");
		assertThat(run(Map.of(), "small")).startsWith("java -Xms64m -Xmx96m ")
			.contains("-XX:TieredStopAtLevel=1", "-XX:AOTCache=");
		assertThat(caches()).containsExactly("runnel-25.0.3+9-LTS-default.aot");
	}

	@Test
	void olderVersionsOfJavaShareClassesOnly() throws Exception {
		java("17.0.15+6-Debian-1deb12u1");
		run(Map.of());
		assertThat(caches()).containsExactly("runnel-17.0.15+6-Debian-1deb12u1-default.jsa");
		assertThat(run(Map.of())).contains("-XX:SharedArchiveFile=");
	}

	@Test
	void aVersionThatIsTooOldIsRefused() throws Exception {
		java("11.0.2+9");
		assertThat(run(Map.of())).contains("is Java 11.0.2+9, but Java 17 or newer is needed")
			.doesNotContain("RunnelApplication");
	}

	@Test
	void aJavaThatSaysWhyItRefusesACacheIsNotAskedFirst() throws Exception {
		run(Map.of());
		assertThat(run(Map.of("REFUSED", "1"))).startsWith("java ").contains("-XX:AOTCache=");
	}

	@Test
	void aCacheThatJavaRefusesIsNotUsedAndThatIsSaid() throws Exception {
		java("21.0.9+10");
		run(Map.of());
		assertThat(run(Map.of("REFUSED", "1"))).startsWith("runnel: the cache cannot be used")
			.contains("dev.runnel.RunnelApplication")
			.doesNotContain("SharedArchiveFile");
	}

	@ParameterizedTest
	@ValueSource(strings = { "JAVA_OPTS", "JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS" })
	void withOwnOptionsEachJavaIsAskedFirst(String variable) throws Exception {
		run(Map.of());
		assertThat(run(Map.of(variable, "-Xshare:off"))).startsWith("java ").contains("-XX:AOTCache=");
		assertThat(run(Map.of(variable, "-Xshare:off", "REFUSED", "1"))).startsWith("runnel: the cache cannot be used")
			.contains("dev.runnel.RunnelApplication")
			.doesNotContain("-XX:AOTCache=");
	}

	@Test
	void aCacheThatCannotBeMadeIsTriedOnce() throws Exception {
		assertThat(run(Map.of("REFUSED", "1"))).contains("the cache cannot be used, so each start takes longer")
			.contains("java -Xms64m -Xmx")
			.doesNotContain("-XX:AOTCache=");
		assertThat(run(Map.of())).startsWith("java -Xms64m -Xmx").doesNotContain("-XX:AOTCache=");
		assertThat(caches()).containsExactly("runnel-25.0.3+9-LTS-default.aot");
	}

	@Test
	void aProfileSetsTheHeapAndAnUnknownOneIsRefused() throws Exception {
		assertThat(run(Map.of(), "small")).contains("java -Xms64m -Xmx96m ", "-XX:+UseSerialGC",
				"-XX:TieredStopAtLevel=1");
		assertThat(run(Map.of("RUNNEL_PROFILE", "small"))).contains("java -Xms64m -Xmx96m ");
		assertThat(run(Map.of("RUNNEL_PROFILE", "small"), "large")).contains("-XX:+UseG1GC");
		assertThat(run(Map.of("RUNNEL_PROFILE", "huge"))).contains("must be small, large or empty")
			.doesNotContain("RunnelApplication");
	}

	@Test
	void onlyJavaThatKnowsAnOptionGetsIt() throws Exception {
		assertThat(run(Map.of())).contains("-XX:+UseCompactObjectHeaders -XX:TrimNativeHeapInterval=30000");
		java("21.0.9+10");
		assertThat(run(Map.of())).contains("-XX:MetaspaceSize=64m")
			.doesNotContain("UseCompactObjectHeaders", "TrimNativeHeapInterval");
	}

	@Test
	void limitsTheAreasOfMemoryUnlessTheEnvironmentDoes() throws Exception {
		assertThat(run(Map.of("ASKED", "1"))).contains("2 areas");
		assertThat(run(Map.of("ASKED", "1", "MALLOC_ARENA_MAX", "4"))).contains("4 areas");
	}

	@Test
	void ownOptionsComeAfterThoseOfTheLauncher() throws Exception {
		run(Map.of());
		assertThat(run(Map.of("JAVA_OPTS", "-Xmx1g -Da=b", "TMPDIR", "/var/tmp"))).containsSubsequence("-Xmx",
				"-Djava.io.tmpdir=/var/tmp", "-Xmx1g -Da=b", "dev.runnel.RunnelApplication");
	}

	@Test
	void startsThroughALink() throws Exception {
		Path link = Files.createSymbolicLink(this.folder.resolve("link"), Path.of("with a blank/bin/runnel"));
		assertThat(run(link, Map.of())).contains("-cp " + this.home.toRealPath() + "/runnel.jar");
	}

}
