package dev.runnel.chat;

import java.util.List;
import java.util.UUID;

import dev.runnel.conversation.Answer;
import dev.runnel.conversation.ConversationId;
import dev.runnel.conversation.ConversationSettings;
import dev.runnel.conversation.MessageId;
import dev.runnel.conversation.Turn;
import dev.runnel.markdown.MarkdownRenderer;
import dev.runnel.upstream.Origin;
import dev.runnel.web.Visitor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The first event of a turn has the HTML of its question, unless it is too long.
 */
class QuestionHtmlTests {

	private static final Origin ORIGIN = Origin.model("acme/chat-1");

	private static QuestionHtml of(String question, @Nullable Answer written, boolean isWanted) {
		return new QuestionHtml(new Turn(new Visitor("ann"), new ConversationId(UUID.randomUUID()),
				new MessageId(UUID.randomUUID()), question, new MessageId(UUID.randomUUID()), List.of(), 0,
				ConversationSettings.NONE, false, ORIGIN, written), isWanted);
	}

	private static @Nullable String html(String question) {
		return of(question, null, true).render();
	}

	@Test
	void aQuestionIsRenderedLikeAnAnswer() {
		String question = "Is `a < b` **safe**?\nOr <b>\n\n```java\nint x;\n```";
		assertThat(html(question)).isEqualTo(MarkdownRenderer.render(question)).contains("<code>a &lt; b</code>");
	}

	@Test
	void nobodyGetsTheHtmlOfAQuestionWithoutAskingForIt() {
		assertThat(of("*q*", null, false).render()).isNull();
	}

	@Test
	void aContinuedAnswerBringsNoQuestion() {
		assertThat(of("*q*", Answer.begun(ORIGIN), true).render()).isNull();
	}

	@Test
	void aQuestionOfFullLengthIsSent() {
		assertThat(html("word ".repeat(6400))).isNotNull();
	}

	@Test
	void veryLongHtmlIsNotSent() {
		assertThat(html("word ".repeat(20_000))).isNull();
		assertThat(html("<".repeat(30_000))).isNull();
	}

	@Test
	void onlyALongQuestionIsCostly() {
		assertThat(of("word ".repeat(100), null, true).isCostly()).isFalse();
		assertThat(of("word ".repeat(2000), null, true).isCostly()).isTrue();
		assertThat(of("word ".repeat(2000), null, false).isCostly()).isFalse();
	}

}
