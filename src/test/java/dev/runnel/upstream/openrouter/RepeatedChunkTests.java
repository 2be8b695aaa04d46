package dev.runnel.upstream.openrouter;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Tests for {@link RepeatedChunk}: whatever comes, it reads the same as the parser.
 */
class RepeatedChunkTests {

	private static final Path RECORDINGS = Path.of("../shared/recordings");

	private static final String CHUNK = """
			{"id":"gen-1","model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":"%s"},\
			"finish_reason":null}],"usage":null}""";

	private static final List<String> SHAPES = List.of(CHUNK, CHUNK.replace("gen-1", "gen-2"),
			"{\"choices\": [{\"delta\": {\"content\": \"%s\"}}]} ", "[" + CHUNK + "]",
			"{\"choices\":[{\"index\":1,\"delta\":{\"content\":\"%s\"}},{\"delta\":{\"refusal\":\"no\"}}]}",
			"{\"choices\":[{\"delta\":{\"content\":\"%s\"}},{\"delta\":{\"content\":\"last\"}}]}",
			"{\"choices\":[{\"delta\":{\"content\":\"%s\",\"content\":\"twice\"}}]}",
			"{\"choices\":[{\"delta\":{\"content\":\"%s\",\"refusal\":\"no\"}}]}",
			"{\"choices\":[{\"delta\":{\"content\":\"%s\",\"reasoning\":\"so\"}}]}",
			"{\"choices\":[{\"delta\":{\"content\":\"%s\"},\"finish_reason\":\"stop\"}]}",
			"{\"choices\":[{\"delta\":{\"content\":[{\"text\":\"%s\"}]}}]}",
			"{\"content\":\"%s\",\"choices\":[{\"delta\":{\"refusal\":\"no\"}}]}",
			"{\"error\":{\"content\":\"%s\"},\"choices\":[]}", "{\"choices\":[{\"delta\":{\"content\":\"%s\"}}]");

	private static final List<String> TEXTS = List.of("a", "b", "word", " and", "", "\\n", "\\\"", "\"", "\\", "\n",
			"\u0000", "\u007F", "é", "茶", "🍵", "\uFFFD", "\\ud83c", "\",\"x\":\"", "a\"}}],\"b\":[{\"c\":{\"d\":\"e");

	private final RepeatedChunk chunks = new RepeatedChunk();

	@Test
	void takesTheTextFromAChunkThatIsOtherwiseTheSame() {
		assertThat(text(CHUNK.formatted("Hel"))).isNull();
		read(this.chunks, bytes(CHUNK.formatted("Hel")));
		assertThat(text(CHUNK.formatted("lo, 茶"))).isEqualTo("lo, 茶");
		assertThat(text(CHUNK.formatted("lo").replace("gen-1", "gen-2"))).isNull();
		assertThat(text(CHUNK.formatted(""))).isNull();
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5, 6, 7, 8 })
	void readsTheSameAsTheParser(long seed) {
		Random random = new Random(seed);
		String shape = SHAPES.get(0);
		for (int i = 0; i < 4000; i++) {
			shape = (random.nextInt(4) == 0) ? SHAPES.get(random.nextInt(SHAPES.size())) : shape;
			String text = TEXTS.get(random.nextInt(TEXTS.size())) + TEXTS.get(random.nextInt(TEXTS.size()));
			compare(damaged(bytes(shape.replace("%s", text)), random));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "stream-cache.sse", "stream-error-after-reasoning.sse", "stream-grok-4.sse",
			"stream-o3-reasoning.sse" })
	void readsRecordingsLikeTheParserHoweverTheyAreCut(String name) throws IOException {
		assumeTrue(Files.isDirectory(RECORDINGS), "SKIPPED: there are no recordings in " + RECORDINGS);
		byte[] recording = Files.readAllBytes(RECORDINGS.resolve(name));
		Random random = new Random(recording.length);
		EventReader events = new EventReader(1 << 20);
		for (int from = 0; from < recording.length;) {
			int to = Math.min(recording.length, from + 1 + random.nextInt(2000));
			events.append(recording, from, to);
			while (events.next()) {
				int start = events.offset();
				compare(Arrays.copyOfRange(events.array(), start, start + events.length()));
			}
			from = to;
		}
	}

	/** Changes a byte of every eighth chunk, which may make its UTF-8 invalid. */
	private static byte[] damaged(byte[] json, Random random) {
		if (random.nextInt(8) == 0) {
			json[random.nextInt(json.length)] = (byte) random.nextInt(256);
		}
		return json;
	}

	private void compare(byte[] json) {
		assertThat(read(this.chunks, json)).as(() -> new String(json, StandardCharsets.UTF_8))
			.isEqualTo(read(new RepeatedChunk(), json));
	}

	/** Reads a chunk in the midst of other bytes; an empty list stands for an error. */
	private static List<Chunk> read(RepeatedChunk chunks, byte[] json) {
		byte[] array = bytes("\"\"" + "x".repeat(json.length) + "\"\"");
		System.arraycopy(json, 0, array, 2, json.length);
		List<Chunk> read = new ArrayList<>();
		try {
			read.add(chunks.read(array, 2, json.length, false));
		}
		catch (JacksonException ex) {
			assertThat(ex.getOriginalMessage()).isNotEmpty();
		}
		return read;
	}

	private String text(String json) {
		return this.chunks.text(bytes(json), 0, bytes(json).length);
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
