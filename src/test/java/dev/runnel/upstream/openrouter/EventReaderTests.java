package dev.runnel.upstream.openrouter;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import dev.runnel.CpuTime;
import dev.runnel.upstream.UpstreamFailure.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.core.io.buffer.DefaultDataBufferFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link EventReader}.
 */
class EventReaderTests {

	private static final String STREAM = """
			\uFEFF: comment

			data: one

			data:two
			: comment within
			data:  lines
			event: named
			data

			id: 7
			retry: x
			nothing

			data:

			databad: no
			data: \u00e4\uD83D\uDE00

			""";

	private static final List<String> EVENTS = List.of("one", "two\n lines\n", "", "\u00e4\uD83D\uDE00");

	@ParameterizedTest
	@ValueSource(strings = { "\n", "\r\n", "\r" })
	void readsEventsCutAtEveryByte(String lineEnd) {
		byte[] bytes = STREAM.replace("\n", lineEnd).getBytes(StandardCharsets.UTF_8);
		for (int cut = 0; cut <= bytes.length; cut++) {
			assertThat(read(1024, bytes, cut)).as("cut at %d", cut).isEqualTo(EVENTS);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "\n", "\r\n", "\r" })
	void readsEventsByteByByte(String lineEnd) {
		byte[] bytes = STREAM.replace("\n", lineEnd).getBytes(StandardCharsets.UTF_8);
		int[] cuts = new int[bytes.length];
		Arrays.setAll(cuts, (i) -> i);
		assertThat(read(1024, bytes, cuts)).isEqualTo(EVENTS);
	}

	@Test
	void readsEventsCutAnywhere() {
		Random random = new Random(42);
		byte[] bytes = STREAM.repeat(40).getBytes(StandardCharsets.UTF_8);
		List<String> expected = read(100_000, bytes);
		for (int round = 0; round < 200; round++) {
			int[] cuts = random.ints(random.nextInt(60), 0, bytes.length).sorted().toArray();
			assertThat(read(100_000, bytes, cuts)).as("cut at %s", Arrays.toString(cuts)).isEqualTo(expected);
		}
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			'error: {"code":500}||data: [DONE]|', '{"code":500}', true, false
			'event: error|data: {"code":500}||', '{"code":500}', true, false
			'event: message|data: {"a":1}||', '{"a":1}', false, false
			'event: error||data: {"a":1}||', '{"a":1}', false, false
			'{"error":|  "down"}||', '{"error":|  "down"}', false, true
			'[{"error":7}]', '[{"error":7}]', false, true
			""")
	void knowsErrorsAndBareJson(String lines, String data, boolean error, boolean bare) {
		byte[] bytes = lines.replace('|', '\n').getBytes(StandardCharsets.UTF_8);
		for (int cut = 0; cut <= bytes.length; cut++) {
			EventReader reader = new EventReader(1024);
			append(reader, bytes, 0, cut);
			boolean whole = reader.next();
			if (!whole) {
				append(reader, bytes, cut, bytes.length);
				whole = reader.next() || reader.last();
			}
			assertThat(whole).isTrue();
			assertThat(new String(reader.array(), reader.offset(), reader.length(), StandardCharsets.UTF_8))
				.isEqualTo(data.replace('|', '\n'));
			assertThat(reader.isError()).isEqualTo(error);
			assertThat(reader.isBare()).isEqualTo(bare);
		}
	}

	/** At each compaction the array is full of bare lines. */
	@Test
	void joinsBareLinesWhereverTheyAreCompacted() {
		StringBuilder lines = new StringBuilder("[1");
		for (int i = 0; i < 400; i++) {
			lines.append("\n,").append(i);
		}
		byte[] bytes = lines.append("]\n\n").toString().getBytes(StandardCharsets.UTF_8);
		int[] cuts = new int[bytes.length];
		Arrays.setAll(cuts, (i) -> i);
		assertThat(read(10_000, bytes, cuts)).containsExactly(lines.toString().strip());
	}

	@Test
	void readsMixedLineEnds() {
		assertThat(read(100, "data: a\r\n\ndata: b\r\rdata: c\n\r\n".getBytes(StandardCharsets.UTF_8)))
			.containsExactly("a", "b", "c");
	}

	@ParameterizedTest
	@CsvSource({ "1000, 1000", "4194304, 4194304", "4194304, 100000" })
	void readsEventAsLongAsAllowed(int max, int length) {
		String data = "x".repeat(length);
		byte[] bytes = ("data:" + data + "\n\n").getBytes(StandardCharsets.UTF_8);
		assertThat(read(max + 5, bytes, 7, bytes.length / 2, bytes.length - 1)).containsExactly(data);
	}

	@Test
	void refusesLineWithoutEnd() {
		EventReader reader = new EventReader(1000);
		byte[] part = "data: xxxxxxxxxxxxxxxxxxxxxxxxxxx".getBytes(StandardCharsets.UTF_8);
		assertThatExceptionOfType(Failure.class).isThrownBy(() -> {
			for (int i = 0; i < 100; i++) {
				append(reader, part, 0, part.length);
				reader.next();
			}
		}).satisfies((ex) -> assertThat(ex.kind()).isEqualTo(Kind.INVALID_RESPONSE));
	}

	@Test
	void refusesEventOfTooManyLines() {
		byte[] bytes = "data: xxxx\n".repeat(1000).getBytes(StandardCharsets.UTF_8);
		assertThatExceptionOfType(Failure.class).isThrownBy(() -> read(1000, bytes));
	}

	@Test
	void passesOverAnyNumberOfComments() {
		byte[] bytes = (": comment\n\n".repeat(100_000) + "data: a\n\n").getBytes(StandardCharsets.UTF_8);
		assertThat(read(100, bytes, 50_000, 50_001)).containsExactly("a");
	}

	/**
	 * The array is almost full of an event that has no end yet, so it is compacted for
	 * each comment.
	 */
	@Test
	void commentsWithinALongEventTakeLittleTime() {
		EventReader reader = new EventReader(4 * 1024 * 1024);
		byte[] data = ("data: " + "x".repeat(4 * 1024 * 1024 - 200)).getBytes(StandardCharsets.UTF_8);
		for (int at = 0; at < data.length; at += 1024) {
			append(reader, data, at, Math.min(at + 1024, data.length));
		}
		byte[] comment = ("\n: " + "c".repeat(97)).getBytes(StandardCharsets.UTF_8);
		Duration taken = CpuTime.of(() -> {
			for (int i = 0; i < 10_000; i++) {
				append(reader, comment, 0, comment.length);
				assertThat(reader.next()).isFalse();
			}
		});
		assertThat(taken).isLessThan(Duration.ofSeconds(2));
	}

	@Test
	void lastEventMayLackItsEnd() {
		EventReader reader = new EventReader(100);
		byte[] bytes = "data: a\n\ndata: b".getBytes(StandardCharsets.UTF_8);
		append(reader, bytes, 0, bytes.length);
		assertThat(reader.next()).isTrue();
		assertThat(reader.next()).isFalse();
		assertThat(reader.last()).isTrue();
		assertThat(data(reader)).isEqualTo("b");
		assertThat(reader.last()).isFalse();
	}

	private static List<String> read(int maxEvent, byte[] bytes, int... cuts) {
		EventReader reader = new EventReader(maxEvent);
		List<String> events = new ArrayList<>();
		int from = 0;
		for (int cut : cuts) {
			append(reader, bytes, from, cut);
			drain(reader, events);
			from = cut;
		}
		append(reader, bytes, from, bytes.length);
		drain(reader, events);
		return events;
	}

	private static void append(EventReader reader, byte[] bytes, int from, int to) {
		reader.append(DefaultDataBufferFactory.sharedInstance.wrap(Arrays.copyOfRange(bytes, from, to)), to - from);
	}

	private static void drain(EventReader reader, List<String> events) {
		while (reader.next()) {
			events.add(data(reader));
		}
	}

	private static String data(EventReader reader) {
		return new String(reader.array(), reader.offset(), reader.length(), StandardCharsets.UTF_8);
	}

}
