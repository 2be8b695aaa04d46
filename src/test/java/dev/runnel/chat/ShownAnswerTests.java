package dev.runnel.chat;

import java.util.List;

import dev.runnel.conversation.AnswerDelta;
import dev.runnel.markdown.BlockPatch;
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
	void reasoningThatWasTextIsWithdrawn() {
		assertThat(shown(reasoning("thought"), reasoning("text"), new ChatEvent.Moved(ModelEvent.Moved.TO_TEXT, 4),
				text("text")))
			.isEqualTo(new AnswerDelta("text", "thought"));
	}

}
