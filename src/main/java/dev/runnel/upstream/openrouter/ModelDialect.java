package dev.runnel.upstream.openrouter;

import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.runnel.upstream.openrouter.CompletionRequest.Field;
import org.jspecify.annotations.Nullable;

/**
 * The differences between one model of a service and others, as its responses showed. The
 * first request has the fields that most services accept. Each refusal leads to another
 * dialect, until no field is left to change.
 *
 * @param fields the optional fields to send
 * @param startsThinking whether its answers begin with a thought without an opening tag
 */
record ModelDialect(Set<Field> fields, boolean startsThinking) {

	/** The fields to send before any refusal. */
	static final ModelDialect COMMON = new ModelDialect(EnumSet.complementOf(EnumSet.of(Field.MAX_COMPLETION_TOKENS)),
			false);

	private static final Set<Field> LIMITS = EnumSet.of(Field.MAX_TOKENS, Field.MAX_COMPLETION_TOKENS);

	ModelDialect {
		fields = Set.copyOf(fields);
	}

	/**
	 * The value of a field, if the field is sent.
	 * @param field the field
	 * @param value its value
	 * @return the value; null to omit the field
	 */
	<T> @Nullable T take(Field field, @Nullable T value) {
		return this.fields.contains(field) ? value : null;
	}

	/**
	 * The dialect to use after a refusal. If the service refuses the name of the token
	 * limit, its other name is tried. A token limit that is too large is omitted.
	 * @param refusal the refused field
	 * @return the next dialect; null if nothing can be changed
	 */
	@Nullable ModelDialect after(Refusal refusal) {
		Set<Field> next = EnumSet.noneOf(Field.class);
		next.addAll(this.fields);
		boolean changed = refusal.tooLarge() ? next.removeAll(LIMITS) : next.remove(refusal.field());
		if (changed && refusal.field() == Field.MAX_TOKENS && !refusal.tooLarge()) {
			next.add(Field.MAX_COMPLETION_TOKENS);
		}
		return changed ? new ModelDialect(next, this.startsThinking) : null;
	}

	/** The same dialect with other beginnings of answers. */
	ModelDialect startingWithThought(boolean thinking) {
		return new ModelDialect(this.fields, thinking);
	}

	/**
	 * A field that a service refused.
	 *
	 * @param field the refused field
	 * @param tooLarge whether it is a token limit above the model's maximum
	 */
	record Refusal(Field field, boolean tooLarge) {

		private static final Pattern NAMES = Pattern
			.compile(Stream.of(Field.values()).map(Field::wireName).collect(Collectors.joining("|", "\\b(", ")\\b")));

		/**
		 * Phrases of servers for a token limit that does not fit into the context beside
		 * the question.
		 */
		private static final Pattern TOO_LARGE = Pattern.compile(
				"too (large|high|big|long)|in the completion|output tokens|greater than|less than or equal|exceed",
				Pattern.CASE_INSENSITIVE);

		/**
		 * Finds the refused field in an error report.
		 * @param report the error report of the service
		 * @return the refused field; null if the report names none
		 */
		static @Nullable Refusal in(ErrorReport report) {
			boolean tooLarge = TOO_LARGE.matcher(report.message()).find();
			Field field = Field.of(report.field());
			if (field == null) {
				Matcher names = NAMES.matcher(report.message());
				field = names.find() ? Field.of(names.group()) : null;
			}
			if (field == null) {
				return (tooLarge && report.message().contains("completion")) ? new Refusal(Field.MAX_TOKENS, true)
						: null;
			}
			return new Refusal(field, tooLarge && LIMITS.contains(field));
		}

	}

}
