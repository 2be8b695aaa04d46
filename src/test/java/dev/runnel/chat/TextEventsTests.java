package dev.runnel.chat;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.runnel.conversation.Answer;
import dev.runnel.conversation.AnswerDelta;
import dev.runnel.markdown.MarkdownRenderer;
import dev.runnel.stream.StreamLog;
import dev.runnel.upstream.ModelEvent;
import dev.runnel.upstream.ModelEvent.Moved;
import dev.runnel.upstream.Origin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * After each event, the HTML of both texts is that of a rendering of the text so far.
 */
class TextEventsTests {

	private static final String MARKDOWN = """
			1. **Read** the *task*: `x < y`
			2. Then 日本**「重点」**の

			```java
			int x = 1;
			```

			| a | b |
			|---|---|
			| 1 | [two][1] |

			Setext
			======

			[1]: https://example.org
			""";

	private final List<ChatEvent> sent = new ArrayList<>();

	private final AnswerDraft draft = new AnswerDraft(Origin.model("acme/chat-1"), 10_000, null);

	private final TextEvents texts = new TextEvents(log(), AnswerTexts.rendered(Duration.ofSeconds(10)), this.draft);

	/** A log that keeps each event. A real one merges old events. */
	@SuppressWarnings("unchecked")
	private StreamLog<ChatEvent> log() {
		return (StreamLog<ChatEvent>) Proxy.newProxyInstance(StreamLog.class.getClassLoader(),
				new Class<?>[] { StreamLog.class }, (proxy, method, arguments) -> {
					this.sent.add((ChatEvent) arguments[0]);
					return null;
				});
	}

	private void reason(String text, int size) {
		for (int at = 0; at < text.length(); at += size) {
			this.texts.reason(new ModelEvent.Reasoning(text.substring(at, Math.min(text.length(), at + size))));
		}
	}

	private void say(String text, int size) {
		for (int at = 0; at < text.length(); at += size) {
			this.texts.say(new ModelEvent.Text(text.substring(at, Math.min(text.length(), at + size))));
		}
	}

	/**
	 * Reads all events. Only directly behind a move the HTML of the reasoning may lack
	 * the words that were moved.
	 */
	private SseTranscript read() {
		SseTranscript reader = new SseTranscript();
		boolean isMoving = false;
		for (ChatEvent event : this.sent) {
			reader.read(ChatWire.frame(reader.lastId() + 1, event));
			isMoving = event instanceof ChatEvent.Moved
					|| (isMoving && event instanceof ChatEvent.Reasoning reasoning && reasoning.text().isEmpty());
			assertThat(reader.html()).isEqualTo(MarkdownRenderer.render(reader.said()));
			if (!isMoving) {
				assertThat(reader.thoughtHtml()).isEqualTo(MarkdownRenderer.render(reader.thought()));
			}
		}
		assertThat(reader.thoughtHtml()).isEqualTo(MarkdownRenderer.render(reader.thought()));
		return reader;
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 5, 8, 1000 })
	void bothTextsAreRenderedExactlyAtEveryInstant(int size) {
		reason(MARKDOWN, size);
		say(MARKDOWN, size);
		reason("\n\nMore **thoughts**", size);
		say("\n\nThe *end*", size);
		this.texts.finish();
		SseTranscript reader = read();
		assertThat(reader.thought()).isEqualTo(MARKDOWN + "\n\nMore **thoughts**");
		assertThat(reader.said()).isEqualTo(MARKDOWN + "\n\nThe *end*");
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 3, 1000 })
	void textThatIsMovedToTheReasoningIsRenderedBehindIt(int size) {
		reason("1. First\n", size);
		say(MARKDOWN, size);
		this.texts.move(Moved.TO_REASONING);
		reason("\n**so**", size);
		say("The *end*", size);
		this.texts.finish();
		SseTranscript reader = read();
		assertThat(reader.thought()).isEqualTo("1. First\n" + MARKDOWN + "\n**so**");
		assertThat(reader.said()).isEqualTo("The *end*");
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 3, 1000 })
	void reasoningThatIsMovedToTheTextLeavesNothingBehind(int size) {
		reason(MARKDOWN, size);
		this.texts.move(Moved.TO_TEXT);
		this.texts.finish();
		SseTranscript reader = read();
		assertThat(reader.thought()).isEmpty();
		assertThat(reader.said()).isEqualTo(MARKDOWN);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 5, 8, 1000 })
	void anotherServerGoesOnFromWhatReadersHave(int size) {
		reason("Hm **so**", size);
		say(MARKDOWN, size);
		SseTranscript before = read();
		Answer written = Answer.begun(Origin.model("acme/chat-1"))
			.followedBy(List.of(new AnswerDelta(MARKDOWN, "Hm **so**")));
		TextEvents other = new TextEvents(log(), AnswerTexts.rendered(Duration.ofSeconds(10)),
				new AnswerDraft(Origin.model("acme/chat-1"), 10_000, written));
		other.goOn(written, new ShownAnswer.Length(before.said().length(), before.thought().length()))
			.forEach(Runnable::run);
		other.say(new ModelEvent.Text("\n\nThe *end*"));
		other.finish();
		SseTranscript reader = new SseTranscript();
		this.sent.forEach((event) -> reader.read(ChatWire.frame(reader.lastId() + 1, event)));
		assertThat(reader.said()).isEqualTo(MARKDOWN + "\n\nThe *end*");
		assertThat(reader.thought()).isEqualTo("Hm **so**");
		assertThat(reader.html()).isEqualTo(MarkdownRenderer.render(reader.said()));
		assertThat(reader.thoughtHtml()).isEqualTo(MarkdownRenderer.render(reader.thought()));
	}

	@Test
	void aShortEndOfTheReasoningWaits() {
		reason("Hm **b", 100);
		assertThat(read().thoughtHtml()).isEqualTo("<p>Hm</p>\n");
	}

	@Test
	void aPauseShowsTheEndOfTheReasoning() {
		reason("Hm **b", 100);
		assertThat(this.texts.isWaiting()).isTrue();
		assertThat(this.texts.longestPause()).isPositive();
		this.texts.flush();
		assertThat(this.texts.isWaiting()).isFalse();
		assertThat(read().thoughtHtml()).isEqualTo("<p>Hm **b</p>\n");
	}

	@Test
	void whatOneTextHoldsBackComesBeforeTheOther() {
		reason("Hm **b", 100);
		say("So **c", 100);
		reason(" d", 100);
		this.texts.finish();
		assertThat(read().names()).containsExactly("reasoning", "reasoning", "message", "message", "reasoning");
	}

	@Test
	void hostileReasoningIsHarmless() {
		reason("<script>alert(1)</script> [a](javascript:alert(1)) ![i](https://e.test/i.png)\n\n<img src=x>", 7);
		this.texts.finish();
		assertThat(read().thoughtHtml()).doesNotContain("<script", "<img", "href=\"javascript");
	}

}
