package dev.runnel.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import dev.runnel.conversation.AnswerDelta;
import dev.runnel.markdown.BlockPatch;
import dev.runnel.stream.EventFold;
import dev.runnel.stream.LogEntry;
import dev.runnel.upstream.ModelEvent;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The text of an answer is what a reader of its events has.
 */
class ShownAnswerTests {

	private static AnswerDelta shown(ChatEvent... events) {
		ShownAnswer answer = new ShownAnswer();
		for (int i = 0; i < events.length; i++) {
			answer.add(new LogEntry(i + 1, events[i]));
		}
		return answer.text();
	}

	private static ChatEvent text(String text) {
		return new ChatEvent.Message(text, List.of(new BlockPatch(0, 0, "<p>" + text + "</p>")));
	}

	private static ChatEvent reasoning(String text) {
		return new ChatEvent.Reasoning(text, null, null);
	}

	@Test
	void knowsWhetherItsReaderGetsHtml() {
		ShownAnswer plain = new ShownAnswer();
		plain.add(new LogEntry(1, new ChatEvent.Message("a", null)));
		plain.add(new LogEntry(2, new ChatEvent.Message("", List.of())));
		assertThat(plain.hasHtml()).isFalse();
		plain.add(new LogEntry(3, text("b")));
		assertThat(plain.hasHtml()).isTrue();
	}

	@Test
	void textAndReasoningAreJoined() {
		assertThat(shown(reasoning("Hm, "), reasoning("\"well\""), text("one\n"), text("zwö \uD83D\uDE00")))
			.isEqualTo(new AnswerDelta("one\nzwö \uD83D\uDE00", "Hm, \"well\""));
	}

	@Test
	void textThatWasReasoningStandsBehindIt() {
		assertThat(shown(reasoning("a"), text("b"), new ChatEvent.Moved(ModelEvent.Moved.TO_REASONING, 0), text("c")))
			.isEqualTo(new AnswerDelta("c", "ab"));
	}

	@Test
	void eventsSayTheSameWhenTheyAreFolded() {
		AnswerFold fold = new AnswerFold();
		List<ChatEvent> events = List.of(renderedReasoning("Hm, "), renderedReasoning("well"), text("one "),
				text("two"), new ChatEvent.Moved(ModelEvent.Moved.TO_REASONING, 0), renderedReasoning(""),
				text("three"));
		IntStream.range(0, events.size()).forEach((i) -> fold.add(i + 1, events.get(i)));
		List<ChatEvent> folded = new ArrayList<>();
		for (long last = 0; last < events.size();) {
			EventFold.Merged<ChatEvent> merged = fold.next(last);
			folded.add(merged.event());
			last = merged.lastId();
		}
		assertThat(folded).hasSizeLessThan(events.size());
		assertThat(shown(folded.toArray(ChatEvent[]::new))).isEqualTo(new AnswerDelta("three", "Hm, wellone two"));
	}

	private static ChatEvent renderedReasoning(String text) {
		return new ChatEvent.Reasoning(text, List.of(new BlockPatch(0, 0, "<p>" + text + "</p>")), null);
	}

	@Test
	void reasoningThatWasTextIsWithdrawn() {
		assertThat(shown(reasoning("thought"), reasoning("text"), new ChatEvent.Moved(ModelEvent.Moved.TO_TEXT, 4),
				text("text")))
			.isEqualTo(new AnswerDelta("text", "thought"));
	}

}
