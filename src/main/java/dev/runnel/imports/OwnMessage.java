package dev.runnel.imports;

import java.util.Objects;

import dev.runnel.conversation.Answer;
import dev.runnel.conversation.AnswerState;
import dev.runnel.export.FileMessage;
import dev.runnel.export.FileMessage.FileAnswer;
import dev.runnel.upstream.FinishReason;
import dev.runnel.upstream.Role;
import dev.runnel.upstream.Source;
import dev.runnel.upstream.WellFormed;
import org.jspecify.annotations.Nullable;

/**
 * A message in Runnel's own format, while it is read.
 *
 * @param message the message in the file
 * @param place the place in the file
 */
record OwnMessage(FileMessage message, String place) {

	private static final Role[] ROLES = { Role.USER, Role.ASSISTANT };

	/**
	 * Counts the texts of the message.
	 * @param room the limits of the conversation
	 * @throws RefusedException if a value is too long or a limit is exceeded
	 */
	void takeRoom(ImportRoom room) {
		check(this.message.role(), ".role");
		check(this.message.createdAt(), ".createdAt");
		FileAnswer answer = this.message.answer();
		if (answer == null) {
			room.take(this.message.content());
			return;
		}
		check(answer.state(), ".answer.state");
		check(answer.source(), ".answer.source");
		check(answer.finishReason(), ".answer.finishReason");
		room.take(this.message.content(), answer.reasoning(), answer.model(), answer.provider());
	}

	private void check(@Nullable String value, String field) {
		ImportRoom.checkValue(value, this.place + field);
	}

	/**
	 * Adds the message to its parent.
	 * @param tree the messages read so far
	 * @throws RefusedException if a field is missing or wrong
	 */
	void addTo(ImportedTree tree) {
		Role role = Trusted.oneOf(ROLES, Role::wireName, this.message.role(), this.place + ".role");
		String content = this.message.content();
		if (content == null || (role == Role.USER && content.isBlank())) {
			throw new RefusedException("needs a text in " + this.place + ".content");
		}
		if ((role == Role.ASSISTANT) != (this.message.answer() != null)) {
			throw new RefusedException("needs answer for an assistant, and for nobody else, in " + this.place);
		}
		String text = WellFormed.storable(content);
		tree.add(this.message.id(), this.message.parent(), text,
				Trusted.time(this.message.createdAt(), this.place + ".createdAt"),
				(this.message.answer() != null) ? answer(this.message.answer(), text) : null, this.place);
	}

	/**
	 * Returns the details of the answer. A {@code streaming} answer becomes interrupted,
	 * because nobody continues it.
	 */
	private Answer answer(FileAnswer answer, String content) {
		String in = this.place + ".answer";
		AnswerState state = Trusted.oneOf(AnswerState.values(), Trusted::lower, answer.state(), in + ".state");
		return new Answer((state == AnswerState.STREAMING) ? AnswerState.INTERRUPTED : state, content,
				WellFormed.storable(Objects.requireNonNullElse(answer.reasoning(), "")),
				Trusted.oneOf(Source.values(), Source::wireName, answer.source(), in + ".source"),
				Trusted.name(answer.model()), Trusted.name(answer.provider()),
				finishReason(answer.finishReason(), in + ".finishReason"),
				(answer.usage() != null) ? answer.usage().toUsage() : null,
				Trusted.duration(answer.firstTokenMs(), in + ".firstTokenMs"),
				Trusted.duration(answer.thinkingMs(), in + ".thinkingMs"),
				Trusted.duration(answer.totalMs(), in + ".totalMs"));
	}

	private static @Nullable FinishReason finishReason(@Nullable String name, String field) {
		return (name != null) ? Trusted.oneOf(FinishReason.values(), FinishReason::wireName, name, field) : null;
	}

}
