package dev.runnel;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The command line for backups, beside a running server.
 */
@Timeout(600)
class BackupCommandTests {

	@TempDir
	private Path folder;

	/** Runs the command and returns its output, with its exit status before it. */
	private String run(String data, String... arguments) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(
				List.of(ProcessHandle.current().info().command().orElseThrow(), "-XX:TieredStopAtLevel=1", "-cp",
						System.getProperty("java.class.path"), RunnelApplication.class.getName()));
		command.addAll(List.of(arguments));
		command.add("--runnel.data-dir=" + this.folder.resolve(data));
		Path log = Files.createTempFile(this.folder, "command", null);
		Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
		try {
			assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("the command ends").isTrue();
			return process.exitValue() + " " + Files.readString(log).strip();
		}
		finally {
			process.destroyForcibly();
		}
	}

	private static String html(RunnelProcess server, HttpClient visitor, String conversation) throws Exception {
		HttpResponse<String> read = visitor.send(server.request("/api/conversations/" + conversation).build(),
				HttpResponse.BodyHandlers.ofString());
		assertThat(read.statusCode()).as(read.body()).isEqualTo(200);
		return JsonMapper.shared().readTree(read.body()).get("messages").toString();
	}

	@Test
	void aRunningServerIsBackedUpAndItsVisitorsFindTheirConversationsAgain() throws Exception {
		Path first = Files.createDirectory(this.folder.resolve("first"));
		Path second = Files.createDirectory(this.folder.resolve("second"));
		Path file = this.folder.resolve("backup.zip");
		HttpClient visitor = RunnelProcess.visitor();
		String conversation;
		String before;
		try (RunnelProcess server = RunnelProcess.start(first, "true")) {
			HttpResponse<String> answer = visitor.send(server.question("What is kept?"),
					HttpResponse.BodyHandlers.ofString());
			conversation = JsonMapper.shared().readTree(answer.body()).get("conversationId").asString();
			before = html(server, visitor, conversation);
			assertThat(run("first/data", "backup", file.toString())).startsWith("0 ")
				.endsWith("backup of 1 conversations with 2 messages: " + file);
		}
		assertThat(run("second/data", "restore", file.toString())).startsWith("0 ")
			.endsWith("restore of 1 conversations with 2 messages: " + file);
		try (RunnelProcess server = RunnelProcess.start(second, "true")) {
			assertThat(html(server, visitor, conversation)).isEqualTo(before);
		}
	}

	@Test
	void wrongUseIsExplained() throws Exception {
		assertThat(run("data", "backup")).startsWith("2 ")
			.endsWith("Usage: java -jar runnel.jar backup FILE [--name=value ...]");
		assertThat(run("data", "restore", this.folder.resolve("missing.zip").toString())).startsWith("1 ")
			.contains("The restore failed: ");
	}

}
