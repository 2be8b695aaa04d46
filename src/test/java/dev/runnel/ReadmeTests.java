package dev.runnel;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.runnel.page.RunningRunnel;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The curl commands of the documents do what the documents say, with the real curl.
 */
class ReadmeTests {

	/** A command of a code block, with the lines that continue it. */
	private static final Pattern CURL = Pattern.compile("(?m)^curl (?:.*\\\\\\n)*.*$");

	private static final Pattern STREAM_ID = Pattern.compile("\"streamId\":\"([^\"]+)\"");

	@TempDir
	private Path folder;

	@BeforeAll
	static void needsCurl() {
		Assumptions.assumeTrue(isOnPath("curl") && isOnPath("sh"),
				"skipped: curl and sh, which run the commands of the documents, are not on the PATH");
	}

	private static boolean isOnPath(String program) {
		return Stream.of(System.getenv("PATH").split(File.pathSeparator))
			.anyMatch((directory) -> Files.isExecutable(Path.of(directory, program)));
	}

	private static List<String> curls(String document) throws IOException {
		return CURL.matcher(Files.readString(Path.of(document))).results().map(MatchResult::group).toList();
	}

	private String run(RunningRunnel runnel, String command) throws IOException, InterruptedException {
		Path output = this.folder.resolve("output");
		ProcessBuilder shell = new ProcessBuilder("sh", "-c", command.replace("http://127.0.0.1:8000", runnel.url("")))
			.directory(this.folder.toFile())
			.redirectErrorStream(true)
			.redirectOutput(output.toFile());
		shell.environment().putAll(Map.of("no_proxy", "127.0.0.1", "NO_PROXY", "127.0.0.1"));
		Process process = shell.start();
		boolean ended = process.waitFor(60, TimeUnit.SECONDS);
		process.destroyForcibly();
		String said = Files.readString(output, StandardCharsets.UTF_8);
		assertThat(ended).as("%s: %s", command, said).isTrue();
		assertThat(process.exitValue()).as("%s: %s", command, said).isZero();
		return said;
	}

	private static String streamId(String events) {
		return STREAM_ID.matcher(events).results().findFirst().orElseThrow().group(1);
	}

	@Test
	void eachCommandDoesWhatTheReadmeSays() throws Exception {
		List<String> curls = curls("README.md");
		assertThat(curls).hasSize(4);
		try (RunningRunnel runnel = RunningRunnel.start("--runnel.data-dir=mem", "--runnel.openrouter.api-key=",
				"--runnel.mock.pace=1ms")) {
			assertThat(run(runnel, curls.get(0))).contains("\"source\":\"mock\"", "What is a runnel?");
			String answer = run(runnel, curls.get(1));
			assertThat(answer).contains("id: 1\nevent: start\n", "event: message\n", "event: complete\n");
			String rest = run(runnel, curls.get(2).replace("STREAM_ID", streamId(answer)));
			assertThat(rest).contains("event: complete\n").doesNotContain("event: start");
			run(runnel, curls.get(3));
			assertThat(this.folder).isDirectoryContaining("glob:**/Conversations *.zip");
			takesItsOwnExport(runnel);
		}
	}

	private void takesItsOwnExport(RunningRunnel runnel) throws Exception {
		List<String> curls = curls("docs/export.md");
		assertThat(curls).hasSize(1);
		try (Stream<Path> files = Files.list(this.folder)) {
			Path zip = files.filter((file) -> file.toString().endsWith(".zip")).findFirst().orElseThrow();
			Files.move(zip, this.folder.resolve("conversations.zip"));
		}
		assertThat(run(runnel, curls.get(0))).contains("\"imported\":[]", "\"known\":[{", "\"skipped\":[]");
	}

}
