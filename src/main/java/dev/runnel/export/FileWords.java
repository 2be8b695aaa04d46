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
 * The English phrases in the files for people: Markdown, HTML and plain text.
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
	 * Returns the line above a message: writer, model and time.
	 * @param message the message
	 * @param between the separator between the parts
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
	 * Returns the heading of the reasoning.
	 * @param answer the answer
	 * @return a phrase without a full stop
	 */
	static String reasoning(Answer answer) {
		Duration thinking = answer.thinking();
		return (thinking == null) ? "Reasoning"
				: String.format(Locale.ROOT, "Thought for %.1f s", thinking.toMillis() / MILLIS_OF_SECOND);
	}

	/**
	 * Returns the note below an answer that did not end normally.
	 * @param answer the answer
	 * @return a sentence; empty if the answer ended normally
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

	/**
	 * Returns the state to write into a file. An answer still being written counts as
	 * interrupted, because the file contains only its beginning.
	 */
	static AnswerState state(Answer answer) {
		return (answer.state() == AnswerState.STREAMING) ? AnswerState.INTERRUPTED : answer.state();
	}

}
