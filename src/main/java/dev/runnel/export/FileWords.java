package dev.runnel.export;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

import dev.runnel.conversation.Answer;
import dev.runnel.conversation.AnswerState;
import dev.runnel.conversation.ConversationHead;
import dev.runnel.conversation.Message;
import dev.runnel.upstream.FinishReason;
import dev.runnel.upstream.Source;
import org.jspecify.annotations.Nullable;

/**
 * What the files for people say about a conversation besides its text.
 */
final class FileWords {

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT)
		.withZone(ZoneOffset.UTC);

	private static final double MILLIS_OF_SECOND = 1000;

	private FileWords() {
	}

	static String time(Instant time) {
		return TIME.format(time);
	}

	static String dates(ConversationHead head) {
		return "Begun " + time(head.createdAt()) + ", last asked " + time(head.updatedAt());
	}

	/**
	 * Who speaks, and which model if it is one.
	 * @param message the message
	 * @param between what to put between the parts
	 * @return one line
	 */
	static String byline(Message message, String between) {
		Answer answer = message.answer();
		if (answer == null) {
			return "You" + between + time(message.createdAt());
		}
		String speaker = (answer.source() == Source.MOCK) ? "Mock answer" : "Answer";
		String model = (answer.source() != Source.MOCK && answer.model() != null) ? between + answer.model() : "";
		return speaker + model + between + time(message.createdAt());
	}

	/**
	 * What stands above the reasoning.
	 * @param answer the answer
	 * @return words without a full stop
	 */
	static String reasoning(Answer answer) {
		Duration thinking = answer.thinking();
		return (thinking == null) ? "Reasoning"
				: String.format(Locale.ROOT, "Thought for %.1f s", thinking.toMillis() / MILLIS_OF_SECOND);
	}

	/**
	 * How an answer ended where it did not end well.
	 * @param answer the answer
	 * @return a sentence; empty if there is nothing to say
	 */
	static String ending(Answer answer) {
		return switch (answer.state()) {
			case STREAMING, INTERRUPTED -> "The answer was interrupted before its end.";
			case STOPPED -> "The answer was stopped before its end.";
			case FAILED -> "There was no answer.";
			case COMPLETE -> ending(answer.finishReason());
		};
	}

	private static String ending(@Nullable FinishReason reason) {
		if (reason == FinishReason.LENGTH) {
			return "The answer was cut at the length limit.";
		}
		return (reason == FinishReason.CONTENT_FILTER) ? "The answer was cut by a filter." : "";
	}

	/** What is being written now is, in a file, what was there when the file was made. */
	static AnswerState state(Answer answer) {
		return (answer.state() == AnswerState.STREAMING) ? AnswerState.INTERRUPTED : answer.state();
	}

}
