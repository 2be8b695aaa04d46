package dev.runnel.export;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

import dev.runnel.conversation.Answer;
import dev.runnel.conversation.AnswerState;
import dev.runnel.conversation.ConversationHead;
import dev.runnel.conversation.Message;
import dev.runnel.upstream.Attachment;
import dev.runnel.upstream.FinishReason;
import dev.runnel.upstream.Source;
import org.jspecify.annotations.Nullable;

import org.springframework.context.MessageSource;

/**
 * The phrases in the files for people (Markdown, HTML and plain text), in the language of
 * the page.
 *
 * @param messages the message bundles
 * @param locale the language
 * @param zone the reader's time zone; null if unknown, then times are those of UTC and
 * say so
 */
record FileWords(MessageSource messages, Locale locale, @Nullable ZoneId zone) {

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM,
			FormatStyle.SHORT);

	/** The blank between a time and "AM", which is not in every typeface. */
	private static final char NARROW_BLANK = '\u202F';

	private static final double MILLIS_OF_SECOND = 1000;

	/**
	 * Returns a text of the message bundles.
	 * @param key the key
	 * @param values the values of its placeholders
	 * @return the text; English if the language has none
	 */
	String text(String key, Object... values) {
		return this.messages.getMessage(key, values, this.locale);
	}

	String time(Instant time) {
		String local = TIME.withLocale(this.locale)
			.withZone(Objects.requireNonNullElse(this.zone, ZoneOffset.UTC))
			.format(time)
			.replace(NARROW_BLANK, ' ');
		return (this.zone != null) ? local : local + " UTC";
	}

	String dates(ConversationHead head) {
		return text("file.dates", time(head.createdAt()), time(head.updatedAt()));
	}

	/**
	 * Returns the line above a message: writer, model and time.
	 * @param message the message
	 * @param between the separator between the parts
	 * @return one line
	 */
	String byline(Message message, String between) {
		Answer answer = message.answer();
		String speaker = (answer != null) ? speaker(answer, between) : text("conversation.you");
		return speaker + between + time(message.createdAt());
	}

	private String speaker(Answer answer, String between) {
		if (answer.source() == Source.MOCK) {
			return text("conversation.mock");
		}
		return text("conversation.answer") + ((answer.model() != null) ? between + answer.model() : "");
	}

	/**
	 * Returns the heading of the reasoning.
	 * @param answer the answer
	 * @return a phrase without a full stop
	 */
	String reasoning(Answer answer) {
		Duration thinking = answer.thinking();
		if (thinking == null) {
			return text("conversation.reasoning");
		}
		String seconds = String.format(this.locale, "%.1f", thinking.toMillis() / MILLIS_OF_SECOND);
		return text("script.thought", text("script.seconds", seconds));
	}

	/**
	 * Returns the names of the files of a message.
	 * @param message the message
	 * @return one line; empty if it has no files
	 */
	String files(Message message) {
		String names = message.attachments().stream().map(Attachment::name).collect(Collectors.joining(", "));
		return names.isEmpty() ? "" : text("conversation.files") + ": " + names;
	}

	/**
	 * Returns the note below an answer that did not end normally.
	 * @param answer the answer
	 * @return a sentence; empty if the answer ended normally
	 */
	String ending(Answer answer) {
		return switch (answer.state()) {
			case STREAMING, INTERRUPTED -> text("file.interrupted");
			case STOPPED -> text("file.stopped");
			case FAILED -> text("file.failed");
			case COMPLETE -> ending(answer.finishReason());
		};
	}

	private String ending(@Nullable FinishReason reason) {
		if (reason == FinishReason.LENGTH) {
			return text("file.length");
		}
		if (reason == FinishReason.BUDGET) {
			return text("file.budget");
		}
		return (reason == FinishReason.CONTENT_FILTER) ? text("file.content_filter") : "";
	}

	/**
	 * Returns the state to write into a file. An answer still being written counts as
	 * interrupted, because the file contains only its beginning.
	 */
	static AnswerState state(Answer answer) {
		return (answer.state() == AnswerState.STREAMING) ? AnswerState.INTERRUPTED : answer.state();
	}

}
