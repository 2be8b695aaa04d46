package dev.runnel.export;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import dev.runnel.conversation.Answer;
import dev.runnel.conversation.AnswerState;
import dev.runnel.conversation.ConversationSettings;
import dev.runnel.conversation.ImportedConversation;
import dev.runnel.conversation.Message;
import dev.runnel.conversation.MessageId;
import dev.runnel.upstream.Citation;
import dev.runnel.upstream.FinishReason;
import dev.runnel.upstream.ReasoningEffort;
import dev.runnel.upstream.Role;
import dev.runnel.upstream.Source;
import dev.runnel.upstream.UpstreamFailure;
import dev.runnel.upstream.Usage;

/**
 * Unrealistic conversations: every state, deep and wide trees, all kinds of text, and
 * times in no order.
 */
final class RandomConversation {

	private static final String[] TEXTS = { "", "Hello", "\u00FC\u8336\uD83C\uDF75 e\u0301",
			"\u202Ertl\u202C \u05D0\u05D1", "```java\nint i = 1 < 2;\n```\n", "| a | b |\n|---|---|\n| 1 | 2 |",
			"line\r\nline\rline\n\n\n", "\t\u0001\u001F\u007F\u2028", "\"quoted\" \\ / </script> & <b>",
			"$x^2$ \\[y\\]", "# # #", "\uFFFD\uFFFE\uFFFF\uD800\uDC00", "   leading and trailing   " };

	private final Random random;

	private final List<Message> messages = new ArrayList<>();

	private RandomConversation(Random random) {
		this.random = random;
	}

	static ImportedConversation of(Random random) {
		return new RandomConversation(random).make();
	}

	private ImportedConversation make() {
		int turns = this.random.nextInt(20);
		boolean deep = this.random.nextBoolean();
		for (int i = 0; i < turns; i++) {
			addTurn(deep);
		}
		return new ImportedConversation(title(), this.random.nextBoolean(), this.random.nextBoolean(), time(), time(),
				leaf(), settings(), this.messages);
	}

	/** Adds a new question with an answer, or another answer to an old question. */
	private void addTurn(boolean deep) {
		List<Message> answers = this.messages.stream().filter((message) -> message.role() == Role.ASSISTANT).toList();
		Message last = answers.isEmpty() ? null : deep ? answers.get(answers.size() - 1) : pick(answers);
		if (last != null && this.random.nextInt(4) == 0) {
			addAnswer(last.parent());
		}
		else {
			boolean first = last == null || this.random.nextInt(10) == 0;
			MessageId id = nextId();
			this.messages.add(new Message(id, first ? null : last.id(), Role.USER, "Q" + text(), time(), null));
			addAnswer(id);
		}
	}

	private void addAnswer(MessageId question) {
		String text = text();
		this.messages.add(new Message(nextId(), question, Role.ASSISTANT, text, time(), answer(text)));
	}

	private Answer answer(String text) {
		return new Answer(pick(List.of(AnswerState.values())), text, text(), pick(List.of(Source.values())),
				maybe("acme/chat-1"), maybe("Acme \u00FC"), maybe(pick(List.of(FinishReason.values()))), maybe(usage()),
				maybe(Duration.ofMillis(this.random.nextInt(100_000))),
				maybe(Duration.ofMillis(this.random.nextInt(5000))),
				maybe(Duration.ofMillis(this.random.nextInt()).abs()))
			.withCitations(citations())
			.withFallback(maybe(pick(List.of(UpstreamFailure.Kind.CREDITS, UpstreamFailure.Kind.RATE_LIMITED))));
	}

	private List<Citation> citations() {
		return IntStream.range(0, Math.max(0, this.random.nextInt(6) - 3))
			.mapToObj((i) -> new Citation("https://a.example/" + i + "?q=" + this.random.nextInt(100) + "&r",
					maybe("Page & *" + i + "*")))
			.toList();
	}

	private Usage usage() {
		return new Usage(maybe((long) this.random.nextInt(1 << 20)), maybe(5L), maybe(0L), maybe(3L),
				maybe(new BigDecimal("0.000123")));
	}

	private ConversationSettings settings() {
		return new ConversationSettings(maybe("acme/chat-1"), maybe(text()), maybe(0.7), maybe(1.0), maybe(100),
				maybe(pick(List.of(ReasoningEffort.values()))), maybe(true));
	}

	/** Returns the last message of a random branch. */
	private MessageId leaf() {
		List<Message> leaves = this.messages.stream()
			.filter((message) -> this.messages.stream().noneMatch((other) -> message.id().equals(other.parent())))
			.toList();
		return leaves.isEmpty() ? null : pick(leaves).id();
	}

	private String title() {
		return pick(List.of("Tea", "\u8336 \uD83C\uDF75", "a/b:c*?", "CON", "x".repeat(200), "..", "Tea"));
	}

	private String text() {
		StringBuilder text = new StringBuilder();
		for (int i = this.random.nextInt(4); i > 0; i--) {
			text.append(TEXTS[this.random.nextInt(TEXTS.length)]);
		}
		return text.toString();
	}

	private Instant time() {
		return Instant.ofEpochSecond(1_700_000_000L + this.random.nextInt(100_000_000),
				1000L * this.random.nextInt(1_000_000));
	}

	private MessageId nextId() {
		return Samples.id(this.messages.size() + 1L);
	}

	private <T> T pick(List<T> values) {
		return values.get(this.random.nextInt(values.size()));
	}

	private <T> T maybe(T value) {
		return this.random.nextBoolean() ? value : null;
	}

}
