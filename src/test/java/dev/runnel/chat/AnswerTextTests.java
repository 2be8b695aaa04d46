package dev.runnel.chat;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A short end of the text waits until its meaning is decided, and is not lost.
 */
class AnswerTextTests {

	private final AnswerText text = AnswerTexts.rendered(Duration.ofSeconds(10)).content();

	private final SseTranscript transcript = new SseTranscript();

	private int messages;

	private void send(@Nullable TextDelta delta) {
		if (delta != null) {
			ChatEvent message = new ChatEvent.Message(delta.content(), delta.patches());
			this.transcript.read(ChatWire.frame(++this.messages, message));
		}
	}

	@Test
	void anUndecidedEndWaitsForItsDecision() {
		send(this.text.append("a **b"));
		assertThat(this.text.isWaiting()).isTrue();
		assertThat(this.transcript.content()).isEqualTo("a ");
		send(this.text.append("c** d"));
		assertThat(this.text.isWaiting()).isFalse();
		assertThat(this.transcript.html()).isEqualTo("<p>a <strong>bc</strong> d</p>\n");
	}

	@Test
	void aPauseShowsTheEnd() {
		send(this.text.append("a **b"));
		send(this.text.flush());
		assertThat(this.text.isWaiting()).isFalse();
		assertThat(this.transcript.html()).isEqualTo("<p>a **b</p>\n");
	}

	@Test
	void theEndOfTheAnswerShowsTheEndInOneMessage() {
		send(this.text.append("**b"));
		assertThat(this.messages).isZero();
		send(this.text.finish());
		assertThat(this.messages).isEqualTo(1);
		assertThat(this.transcript.content()).isEqualTo("**b");
	}

	/** The time is always zero here. */
	@Test
	void textThatWaitsBecauseEarlierTextWasParsedAgainAndAgainIsCostly() {
		AnswerText block = AnswerTexts.rendered(Duration.ofSeconds(10), () -> 0).content();
		block.append("$$\n");
		for (int i = 0; i < 20_000 && !block.isCostly(6); i++) {
			block.append("x + y\n");
		}
		assertThat(block.isCostly(6)).isTrue();
		block.append("x + y\n");
		assertThat(block.isWaiting()).isTrue();
		AnswerText usual = AnswerTexts.rendered(Duration.ofSeconds(10), () -> 0).content();
		for (int i = 0; i < 20_000; i++) {
			usual.append("*a* `word`\n\n");
			assertThat(usual.isCostly(12)).isFalse();
		}
	}

	@Test
	void aTextThatBeginsAgainHasNothingOfTheFirst() {
		send(this.text.append("**a"));
		assertThat(this.text.finish()).isNotNull();
		this.text.restart();
		send(this.text.append("b"));
		assertThat(this.transcript.content()).isEqualTo("b");
	}

}
