package dev.runnel.markdown;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Real answers, streamed in pieces of the usual size.
 */
class RecordedAnswersTests {

	private static final Path RECORDINGS = Path.of("../shared/recordings");

	@Test
	void equalTheBatchRenderingAfterEveryPiece() throws IOException {
		assumeTrue(Files.isDirectory(RECORDINGS), "Skipped: there are no recordings in " + RECORDINGS);
		List<String> answers;
		try (Stream<Path> files = Files.list(RECORDINGS)) {
			answers = files.filter((file) -> file.getFileName().toString().matches("answer-.*(?<!meta)\\.json"))
				.map(RecordedAnswersTests::content)
				.toList();
		}
		assertThat(answers).isNotEmpty();
		for (String answer : answers) {
			assertThat(Reader.read(Pieces.of(answer, 4)).prefixes()).isGreaterThan(100);
			Reader.read(Pieces.random(answer, 1));
		}
	}

	private static String content(Path file) {
		try {
			return JsonMapper.shared().readTree(Files.readString(file)).at("/choices/0/message/content").asString();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
