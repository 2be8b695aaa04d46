package dev.runnel.conversation.store;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.runnel.conversation.Answer;
import dev.runnel.conversation.AnswerState;
import dev.runnel.conversation.ConversationSettings;
import dev.runnel.conversation.ImportedConversation;
import dev.runnel.conversation.Message;
import dev.runnel.conversation.MessageId;
import dev.runnel.upstream.Role;
import dev.runnel.upstream.Source;

/**
 * The texts of the storage benchmarks, the same in each run.
 */
final class BenchmarkTexts {

	/**
	 * Words that {@link #word} picks as often as a language does: the nth word about 1/n
	 * as often as the first.
	 */
	static final List<String> VOCABULARY = IntStream.range(0, 20_000)
		.mapToObj((i) -> Integer.toString(i * 7919 % 1_000_003 + 36 * 36 * 36, 36) + "word")
		.toList();

	private final Random random = new Random(1);

	String word() {
		return VOCABULARY.get((int) (Math.pow(VOCABULARY.size(), this.random.nextDouble()) - 1));
	}

	String text(int words) {
		return IntStream.range(0, words).mapToObj((i) -> word()).collect(Collectors.joining(" "));
	}

	/** Markdown as a model writes it: paragraphs, a list, code, a table. */
	private String markdown() {
		return "## " + text(4) + "\n\n" + text(40) + " **" + text(3) + "** `" + word() + "` [" + text(2)
				+ "](https://example.org/" + word() + ").\n\n- " + text(8) + "\n- *" + text(8) + "*\n- " + text(8)
				+ "\n\n```java\nfor (int i = 0; i < 10; i++) {\n\tSystem.out.println(\"" + text(3)
				+ " \" + i);\n}\n```\n\n| " + word() + " | " + word() + " |\n| --- | ---: |\n| " + text(3)
				+ " | 1 |\n| " + text(3) + " | 2 |\n\n" + text(40) + "\n";
	}

	/** A conversation with plain text, whose last message contains a mark. */
	ImportedConversation plain(int messages, String mark) {
		return conversation(messages, (i) -> text((i % 2 == 0) ? 20 : 150) + ((i == messages - 1) ? " " + mark : ""));
	}

	/** A conversation whose answers contain many elements of Markdown. */
	ImportedConversation formatted(int messages) {
		return conversation(messages, (i) -> (i % 2 == 0) ? text(20) : markdown());
	}

	private ImportedConversation conversation(int count, IntFunction<String> texts) {
		List<Message> messages = new ArrayList<>();
		Instant now = Instant.now();
		MessageId parent = null;
		for (int i = 0; i < count; i++) {
			boolean question = i % 2 == 0;
			String text = texts.apply(i);
			Message message = new Message(new MessageId(UUID.randomUUID()), parent,
					question ? Role.USER : Role.ASSISTANT, text, now, question ? null : answer(text));
			messages.add(message);
			parent = message.id();
		}
		return new ImportedConversation(text(5), false, false, now, now, null, ConversationSettings.NONE, messages);
	}

	static Answer answer(String text) {
		return new Answer(AnswerState.COMPLETE, text, "", Source.OPENROUTER, "acme/chat-1", "Acme", null, null,
				Duration.ofMillis(200), Duration.ofSeconds(3));
	}

}
