package dev.runnel.imports;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import dev.runnel.conversation.Answer;
import dev.runnel.conversation.AnswerState;
import dev.runnel.conversation.UpstreamCodes;
import dev.runnel.export.FileMessage;
import dev.runnel.export.FileMessage.FileAnswer;
import dev.runnel.upstream.Attachment;
import dev.runnel.upstream.Citation;
import dev.runnel.upstream.FinishReason;
import dev.runnel.upstream.Role;
import dev.runnel.upstream.Source;
import dev.runnel.upstream.UpstreamFailure;
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

	/** The failures after which the mock may answer. */
	private static final UpstreamFailure.Kind[] CAUSES = Stream.of(UpstreamFailure.Kind.values())
		.filter(UpstreamFailure.Kind::unavailable)
		.toArray(UpstreamFailure.Kind[]::new);

	/**
	 * Counts the texts of the message.
	 * @param limits the limits of the conversation
	 * @throws RefusedException if a value is too long or a limit is exceeded
	 */
	void countTexts(ImportLimits limits) {
		check(this.message.role(), ".role");
		check(this.message.createdAt(), ".createdAt");
		FileAnswer answer = this.message.answer();
		if (answer == null) {
			limits.count(this.message.content());
			return;
		}
		check(answer.state(), ".answer.state");
		check(answer.source(), ".answer.source");
		check(answer.finishReason(), ".answer.finishReason");
		check(answer.fallback(), ".answer.fallback");
		limits.count(this.message.content(), answer.reasoning(), answer.model(), answer.provider());
		limits.countText(Stream.ofNullable(answer.citations())
			.flatMap(List::stream)
			.filter(Objects::nonNull)
			.mapToLong((page) -> length(page.url()) + length(page.title()))
			.sum());
	}

	private static long length(@Nullable String text) {
		return (text != null) ? text.length() : 0;
	}

	private void check(@Nullable String value, String field) {
		ImportLimits.checkValue(value, this.place + field);
	}

	/**
	 * Adds the message to its parent.
	 * @param tree the messages read so far
	 * @param files the attached files by their number
	 * @throws RefusedException if a field is missing or wrong
	 */
	void addTo(ImportedTree tree, Map<Integer, ImportedFile> files) {
		Role role = ImportValues.oneOf(ROLES, Role::wireName, this.message.role(), this.place + ".role");
		String content = content(role);
		if ((role == Role.ASSISTANT) != (this.message.answer() != null)) {
			throw new RefusedException("must have answer only for role assistant, in " + this.place);
		}
		String text = WellFormed.storable(content);
		tree.add(this.message.id(), this.message.parent(), text,
				ImportValues.time(this.message.createdAt(), this.place + ".createdAt"),
				(this.message.answer() != null) ? answer(this.message.answer(), text) : null, attachments(files),
				this.place);
	}

	private List<Attachment> attachments(Map<Integer, ImportedFile> files) {
		List<Integer> numbers = Objects.requireNonNullElse(this.message.attachments(), List.of());
		if (numbers.size() > FileMessage.MAX_ATTACHMENTS) {
			throw new RefusedException("has too many files in " + this.place + ".attachments");
		}
		return numbers.stream().distinct().map((number) -> attachment(files, number)).toList();
	}

	private Attachment attachment(Map<Integer, ImportedFile> files, Integer number) {
		ImportedFile file = files.get(number);
		if (file == null) {
			throw new RefusedException("names a missing file in " + this.place + ".attachments");
		}
		return file.attachment();
	}

	private String content(Role role) {
		String content = this.message.content();
		if (content == null || isEmptyQuestion(role, content)) {
			throw new RefusedException("needs a text in " + this.place + ".content");
		}
		return content;
	}

	private static boolean isEmptyQuestion(Role role, String content) {
		return role == Role.USER && content.isBlank();
	}

	/**
	 * Returns the details of the answer. A {@code streaming} answer becomes interrupted,
	 * because nobody continues it.
	 */
	private Answer answer(FileAnswer answer, String content) {
		String in = this.place + ".answer";
		AnswerState state = ImportValues.oneOf(AnswerState.values(), ImportValues::lower, answer.state(),
				in + ".state");
		return new Answer((state == AnswerState.STREAMING) ? AnswerState.INTERRUPTED : state, content,
				WellFormed.storable(Objects.requireNonNullElse(answer.reasoning(), "")),
				ImportValues.oneOf(Source.values(), Source::wireName, answer.source(), in + ".source"),
				ImportValues.name(answer.model()), ImportValues.name(answer.provider()),
				finishReason(answer.finishReason(), in + ".finishReason"),
				(answer.usage() != null) ? answer.usage().toUsage() : null,
				ImportValues.duration(answer.firstTokenMs(), in + ".firstTokenMs"),
				ImportValues.duration(answer.thinkingMs(), in + ".thinkingMs"),
				ImportValues.duration(answer.totalMs(), in + ".totalMs"), citations(answer),
				fallback(answer.fallback(), in + ".fallback"));
	}

	/** Returns the citations whose addresses are of the web. */
	private static List<Citation> citations(FileAnswer answer) {
		return Stream.ofNullable(answer.citations())
			.flatMap(List::stream)
			.filter(Objects::nonNull)
			.flatMap((citation) -> Stream.ofNullable(Citation.of(citation.url(), citation.title())))
			.limit(Citation.MAX)
			.toList();
	}

	private static @Nullable FinishReason finishReason(@Nullable String name, String field) {
		return (name != null) ? ImportValues.oneOf(FinishReason.values(), FinishReason::wireName, name, field) : null;
	}

	private static UpstreamFailure.@Nullable Kind fallback(@Nullable String code, String field) {
		return (code != null) ? ImportValues.oneOf(CAUSES, (kind) -> UpstreamCodes.of(kind).code(), code, field) : null;
	}

}
