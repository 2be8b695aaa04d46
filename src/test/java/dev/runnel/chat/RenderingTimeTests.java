package dev.runnel.chat;

import java.time.Duration;
import java.util.stream.Collectors;

import dev.runnel.markdown.BlockPatch;
import dev.runnel.markdown.MarkdownRenderer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The rendering cost of an answer decides where its Markdown is rendered, and whether.
 */
class RenderingTimeTests {

	private final long[] now = new long[1];

	private final RenderingTime time = new RenderingTime(Duration.ofSeconds(1), () -> this.now[0]);

	private void piece(Duration took) {
		this.time.begin();
		this.now[0] += took.toNanos();
		this.time.end();
	}

	@Test
	void slowPiecesAreCostlyUntilTheyAreQuickAgain() {
		piece(Duration.ofNanos(10_000));
		assertThat(this.time.isCostly()).isFalse();
		for (int i = 0; i < 3; i++) {
			piece(Duration.ofMillis(5));
		}
		assertThat(this.time.isCostly()).isTrue();
		for (int i = 0; i < 50; i++) {
			piece(Duration.ofNanos(10_000));
		}
		assertThat(this.time.isCostly()).isFalse();
	}

	@Test
	void onePauseOfTheThreadMakesNoPieceCostly() {
		piece(Duration.ofNanos(10_000));
		piece(Duration.ofMillis(15));
		assertThat(this.time.isCostly()).isFalse();
		piece(Duration.ofMillis(30));
		assertThat(this.time.isCostly()).isTrue();
	}

	@Test
	void theTimeIsSpentWhenAllPiecesTogetherHaveTakenIt() {
		for (int i = 0; i < 10; i++) {
			piece(Duration.ofMillis(100));
			assertThat(this.time.isSpent()).isFalse();
		}
		piece(Duration.ofNanos(1));
		assertThat(this.time.isSpent()).isTrue();
	}

	/** At full speed, a read of 64 KB brings about 1,200 characters. */
	@Test
	void theTextOfAFullReadIsNotCostlyByItsLength() {
		AnswerText text = AnswerTexts.rendered(Duration.ofSeconds(1)).content();
		assertThat(text.isCostly(1_300)).isFalse();
		assertThat(text.isCostly(8_000)).isTrue();
	}

	@Test
	void reasoningLeavesHalfOfTheTimeToTheContent() {
		AnswerTexts texts = AnswerTexts.rendered(Duration.ofNanos(10), () -> this.now[0] += 3);
		assertThat(html(texts.reasoning().append("*a* x"))).isEqualTo("<p><em>a</em> x</p>\n");
		assertThat(html(texts.content().append("*b* x"))).isEqualTo("<p><em>b</em> x</p>\n");
		assertThat(html(texts.reasoning().append(" *c* x"))).contains("markup-late", "*c*");
		assertThat(html(texts.content().append(" *d* x"))).contains("<em>d</em>");
		assertThat(html(texts.content().append(" *e* x"))).contains("markup-late", "*e*");
	}

	private static String html(TextDelta delta) {
		return delta.patches().stream().map(BlockPatch::html).collect(Collectors.joining());
	}

	@Test
	void textAfterTheRenderingTimeIsShownAsPlainText() {
		AnswerText text = AnswerTexts.rendered(Duration.ofNanos(1)).content();
		SseTranscript transcript = new SseTranscript();
		int id = 0;
		for (String piece : new String[] { "# One\n\n*two", "* <three>\n", "four" }) {
			TextDelta delta = text.append(piece);
			transcript.read(ChatWire.frame(++id, new ChatEvent.Message(delta.content(), delta.patches())));
		}
		assertThat(text.finish()).isNull();
		assertThat(transcript.content()).isEqualTo("# One\n\n*two* <three>\nfour");
		assertThat(transcript.html()).isEqualTo(MarkdownRenderer.render("# One\n\n")
				+ "<p class=\"plain\"><span class=\"markup-late\"></span>*two* &lt;three&gt;\nfour</p>\n");
	}

}
