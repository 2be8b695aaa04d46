package dev.runnel.export;

import java.time.Duration;
import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.runnel.conversation.Answer;
import dev.runnel.conversation.AnswerState;
import dev.runnel.conversation.Message;
import dev.runnel.upstream.FinishReason;
import dev.runnel.upstream.Role;
import dev.runnel.upstream.Source;
import dev.runnel.upstream.WellFormed;
import org.jspecify.annotations.Nullable;

/**
 * A message as a JSON file holds it. Its place in the file is its name, from 1 on, so
 * that the file says nothing of the server's ids.
 *
 * @param id its number
 * @param parent the number of the one it follows; null for a first question
 * @param role {@code user} or {@code assistant}
 * @param createdAt when it was begun
 * @param content Markdown
 * @param answer what is known of an answer; absent for a question
 */
record FileMessage(@Nullable Integer id, @Nullable Integer parent, @Nullable String role, @Nullable String createdAt,
		@Nullable String content, @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable FileAnswer answer) {

	private static final Role[] ROLES = { Role.USER, Role.ASSISTANT };

	static FileMessage of(Message message, int id, @Nullable Integer parent) {
		return new FileMessage(id, parent, message.role().wireName(), message.createdAt().toString(), message.content(),
				(message.answer() != null) ? FileAnswer.of(message.answer()) : null);
	}

	/**
	 * Counts what it takes.
	 * @param room what a conversation may take
	 * @param place where it is in the file
	 */
	void takeRoom(ImportRoom room, String place) {
		ImportRoom.checkValue(this.role, place + ".role");
		ImportRoom.checkValue(this.createdAt, place + ".createdAt");
		if (this.answer == null) {
			room.take(this.content);
		}
		else {
			this.answer.checkValues(place + ".answer");
			room.take(this.content, this.answer.reasoning, this.answer.model, this.answer.provider);
		}
	}

	/**
	 * Puts it where it belongs, if that can be.
	 * @param tree the messages before it
	 * @param place where it is in the file
	 */
	void addTo(ImportedTree tree, String place) {
		Role role = Trusted.oneOf(ROLES, Role::wireName, this.role, place + ".role");
		if (this.content == null || (role == Role.USER && this.content.isBlank())) {
			throw new RefusedException("needs a text in " + place + ".content");
		}
		if ((role == Role.ASSISTANT) != (this.answer != null)) {
			throw new RefusedException("needs answer for an assistant, and for nobody else, in " + place);
		}
		String text = WellFormed.storable(this.content);
		tree.add(this.id, this.parent, text, Trusted.time(this.createdAt, place + ".createdAt"),
				(this.answer != null) ? this.answer.toAnswer(text, place + ".answer") : null, place);
	}

	/**
	 * What a JSON file says of an answer besides its text.
	 */
	record FileAnswer(@Nullable String state, @Nullable String reasoning, @Nullable String source,
			@Nullable String model, @Nullable String provider, @Nullable String finishReason, @Nullable FileUsage usage,
			@Nullable Long firstTokenMs, @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long thinkingMs,
			@Nullable Long totalMs) {

		private static FileAnswer of(Answer answer) {
			return new FileAnswer(Words.state(answer).name().toLowerCase(Locale.ROOT), answer.reasoning(),
					answer.source().wireName(), answer.model(), answer.provider(),
					(answer.finishReason() != null) ? answer.finishReason().wireName() : null,
					FileUsage.of(answer.usage()), millis(answer.firstToken()), millis(answer.thinking()),
					millis(answer.total()));
		}

		private void checkValues(String place) {
			ImportRoom.checkValue(this.state, place + ".state");
			ImportRoom.checkValue(this.source, place + ".source");
			ImportRoom.checkValue(this.finishReason, place + ".finishReason");
		}

		/** What was being written when the file was made has no end. */
		private Answer toAnswer(String content, String place) {
			AnswerState known = Trusted.oneOf(AnswerState.values(), Trusted::lower, this.state, place + ".state");
			return new Answer((known == AnswerState.STREAMING) ? AnswerState.INTERRUPTED : known, content,
					WellFormed.storable((this.reasoning != null) ? this.reasoning : ""),
					Trusted.oneOf(Source.values(), Source::wireName, this.source, place + ".source"),
					Trusted.name(this.model), Trusted.name(this.provider),
					(this.finishReason != null) ? Trusted.oneOf(FinishReason.values(), FinishReason::wireName,
							this.finishReason, place + ".finishReason") : null,
					(this.usage != null) ? this.usage.toUsage() : null,
					Trusted.duration(this.firstTokenMs, place + ".firstTokenMs"),
					Trusted.duration(this.thinkingMs, place + ".thinkingMs"),
					Trusted.duration(this.totalMs, place + ".totalMs"));
		}

		private static @Nullable Long millis(@Nullable Duration duration) {
			return (duration != null) ? duration.toMillis() : null;
		}

	}

}
