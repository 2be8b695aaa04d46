package dev.runnel.chat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import dev.runnel.markdown.BlockPatch;
import dev.runnel.markdown.MarkdownRenderer;
import dev.runnel.markdown.StreamingMarkdown;
import dev.runnel.markdown.StreamingMarkdown.MarkdownUpdate;
import dev.runnel.stream.EventFold;
import dev.runnel.stream.LogEntry;
import dev.runnel.upstream.ModelEvent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The folded events bring every reader to the same text and HTML, whatever it has seen
 * before.
 */
class AnswerFoldTests {

	private static final String MARKDOWN = """
			# Title

			Some **bold** and *nested `code`* text with a [link][1] & an entity.

			- one
			- two
			  - deep

			```java
			int x = 1 < 2;
			```

			| a | b |
			|---|---|
			| 1 | 2 |

			Setext
			======

			[1]: https://example.org
			""";

	private static List<ChatEvent> answer(Random random, boolean interleaved) {
		List<ChatEvent> events = new ArrayList<>();
		StreamingMarkdown markdown = new StreamingMarkdown();
		StreamingMarkdown thought = new StreamingMarkdown();
		if (interleaved) {
			add(events, markdown.append("A *thought*"));
			add(events, markdown.finish());
			events.add(new ChatEvent.Moved(ModelEvent.Moved.TO_REASONING, 0));
			events.add(new ChatEvent.Reasoning("", thought.append("A *thought*").patches(), null));
			markdown = new StreamingMarkdown();
		}
		addThought(events, thought.append("hm "), null);
		addThought(events, thought.append("*well*"), Duration.ofMillis(1600));
		for (int at = 0; at < MARKDOWN.length();) {
			int end = Math.min(MARKDOWN.length(), at + 1 + random.nextInt(6));
			add(events, markdown.append(MARKDOWN.substring(at, end)));
			if (interleaved && random.nextInt(10) == 0) {
				addThought(events, thought.append("\n- *more* " + at), null);
			}
			at = end;
		}
		add(events, markdown.finish());
		addThought(events, thought.finish(), null);
		return events;
	}

	private static void addThought(List<ChatEvent> events, MarkdownUpdate update, @Nullable Duration thinking) {
		if (!update.isEmpty()) {
			events.add(new ChatEvent.Reasoning(update.content(), update.patches(), thinking));
		}
	}

	private static void add(List<ChatEvent> events, MarkdownUpdate update) {
		if (!update.isEmpty()) {
			events.add(new ChatEvent.Message(update.content(), update.patches()));
		}
	}

	private static AnswerFold fold(List<ChatEvent> events) {
		AnswerFold fold = new AnswerFold();
		for (int i = 0; i < events.size(); i++) {
			fold.add(i + 1, events.get(i));
		}
		return fold;
	}

	private static SseTranscript read(SseTranscript seen, List<ChatEvent> events, int from, int to) {
		for (int i = from; i < to; i++) {
			seen.read(frame(new LogEntry(i + 1, events.get(i))));
		}
		return seen;
	}

	private static int catchUp(SseTranscript seen, AnswerFold fold, long last) {
		int slices = 0;
		while (seen.lastId() < last) {
			slices++;
			seen.read(frame(next(fold, seen.lastId())));
		}
		return slices;
	}

	private static LogEntry next(AnswerFold fold, long after) {
		EventFold.Merged<ChatEvent> merged = fold.next(after);
		return new LogEntry(merged.lastId(), merged.event());
	}

	private static String frame(LogEntry entry) {
		return new String(entry.frame(), StandardCharsets.UTF_8);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void bringsEveryReaderToTheSameEnd(boolean interleaved) {
		List<ChatEvent> events = answer(new Random(7), interleaved);
		AnswerFold fold = fold(events);
		SseTranscript whole = read(new SseTranscript(), events, 0, events.size());
		for (int seen = 0; seen < events.size(); seen++) {
			SseTranscript reader = read(new SseTranscript(), events, 0, seen);
			catchUp(reader, fold, events.size());
			assertThat(reader.content()).isEqualTo(whole.content());
			assertThat(reader.thought()).isEqualTo(whole.thought());
			assertThat(reader.html()).isEqualTo(whole.html());
			assertThat(reader.thoughtHtml()).isEqualTo(MarkdownRenderer.render(whole.thought()));
		}
	}

	@Test
	void aReaderMayStopAfterAnyFoldedEntryAndGoOn() {
		List<ChatEvent> events = answer(new Random(11), true);
		SseTranscript whole = read(new SseTranscript(), events, 0, events.size());
		SseTranscript reader = new SseTranscript();
		AnswerFold fold = new AnswerFold();
		Random random = new Random(13);
		for (int i = 0; i < events.size(); i++) {
			fold.add(i + 1, events.get(i));
			if (random.nextInt(7) == 0) {
				reader.read(frame(next(fold, reader.lastId())));
			}
		}
		catchUp(reader, fold, events.size());
		assertThat(reader.content()).isEqualTo(whole.content());
		assertThat(reader.html()).isEqualTo(whole.html());
		assertThat(reader.thought()).isEqualTo(whole.thought());
		assertThat(reader.thoughtHtml()).isEqualTo(whole.thoughtHtml());
	}

	@Test
	void oneRunBecomesOneEvent() {
		List<ChatEvent> events = answer(new Random(7), false);
		AnswerFold fold = fold(events);
		assertThat(fold.next(0).lastId()).isEqualTo(2);
		assertThat(fold.next(2).lastId()).isEqualTo(events.size());
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "```\n" })
	void aLongAnswerComesInSlicesFromWhereverAReaderStands(String opening) {
		List<ChatEvent> events = longAnswer(opening);
		AnswerFold fold = fold(events);
		SseTranscript whole = read(new SseTranscript(), events, 0, events.size());
		SseTranscript seen = new SseTranscript();
		for (int from = 0; from < events.size(); from += 97) {
			SseTranscript reader = seen.copy();
			int slices = catchUp(reader, fold, events.size());
			assertThat(reader.content()).isEqualTo(whole.content());
			assertThat(reader.html()).isEqualTo(whole.html());
			assertThat(slices).isGreaterThan((events.size() - from) * 80 / FoldedRun.FULL_CHARS / 2);
			read(seen, events, from, Math.min(events.size(), from + 97));
		}
	}

	private static List<ChatEvent> longAnswer(String opening) {
		List<ChatEvent> events = new ArrayList<>();
		StreamingMarkdown markdown = new StreamingMarkdown();
		add(events, markdown.append(opening));
		for (int i = 0; i < 3000; i++) {
			add(events, markdown.append("a line of **text** with number " + i + (i % 10 == 0 ? "\n\n" : "\n")));
		}
		add(events, markdown.finish());
		return events;
	}

	@Test
	void foldsAnswersWithoutHtml() {
		AnswerFold fold = fold(List.of(new ChatEvent.Message("a", null), new ChatEvent.Message("b", null)));
		assertThat(frame(next(fold, 1))).endsWith("data: {\"content\":\"b\"}\n\n");
	}

	@Test
	void foldsReasoningWithoutHtml() {
		AnswerFold fold = fold(
				List.of(new ChatEvent.Reasoning("a", null, null), new ChatEvent.Reasoning("b", null, null)));
		assertThat(frame(next(fold, 1))).endsWith("data: {\"reasoning\":\"b\"}\n\n");
	}

	@Test
	void aLongRunOfReasoningComesInSlices() {
		List<ChatEvent> events = new ArrayList<>();
		StreamingMarkdown thought = new StreamingMarkdown();
		for (int i = 0; i < 3000; i++) {
			String line = "a line of **thought** with number " + i + (i % 10 == 0 ? "\n\n" : "\n");
			addThought(events, thought.append(line), null);
		}
		addThought(events, thought.finish(), null);
		SseTranscript reader = new SseTranscript();
		int slices = catchUp(reader, fold(events), events.size());
		assertThat(reader.thoughtHtml()).isEqualTo(MarkdownRenderer.render(reader.thought()));
		assertThat(slices).isGreaterThan(events.size() * 80 / FoldedRun.FULL_CHARS / 2);
	}

	@Test
	void composesPatchesThatKeepLessAndMore() {
		ComposedPatch patch = new ComposedPatch(5);
		patch.add(new BlockPatch(0, 5, "abc"), 1);
		patch.add(new BlockPatch(0, 7, "X"), 2);
		assertThat(patch.toPatch(0)).isEqualTo(new BlockPatch(0, 5, "abX"));
		patch.add(new BlockPatch(0, 3, "Y"), 3);
		assertThat(patch.toPatch(0)).isEqualTo(new BlockPatch(0, 3, "Y"));
	}

	@Test
	void hasNothingBeyondItsEnd() {
		assertThatIllegalArgumentException().isThrownBy(() -> new AnswerFold().next(0));
	}

}
