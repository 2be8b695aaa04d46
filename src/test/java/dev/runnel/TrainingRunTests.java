package dev.runnel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TrainingRun}, in a process of its own.
 */
@Timeout(400)
class TrainingRunTests {

	@TempDir
	private Path folder;

	@Test
	void asksAndStopsWithoutTheDataAndTheServiceOfTheEnvironment() throws Exception {
		Path temporary = Files.createDirectory(this.folder.resolve("tmp"));
		Path output = this.folder.resolve("output");
		ProcessBuilder java = new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(),
				"-XX:TieredStopAtLevel=1", "-Djava.io.tmpdir=" + temporary, "-cp",
				System.getProperty("java.class.path"), TrainingRun.class.getName());
		java.environment()
			.putAll(Map.of("RUNNEL_DATA_DIR", this.folder.resolve("data").toString(), "RUNNEL_DATABASE_URL",
					"r2dbc:postgresql://nobody@127.0.0.1:1/none", "OPENROUTER_BASE_URL", "http://127.0.0.1:1/v1"));
		int exit = exitOf(java.redirectErrorStream(true).redirectOutput(output.toFile()));
		assertThat(exit).as("%s", Files.readString(output)).isZero();
		assertThat(output).content().contains("answers come from the mock");
		assertThat(this.folder.resolve("data")).doesNotExist();
		assertThat(temporary).isDirectoryNotContaining("glob:**/runnel-training-*");
	}

	private static int exitOf(ProcessBuilder java) throws IOException, InterruptedException {
		Process process = java.start();
		try {
			assertThat(process.waitFor(300, TimeUnit.SECONDS)).isTrue();
			return process.exitValue();
		}
		finally {
			process.destroyForcibly();
		}
	}

}
