package dev.runnel.imports;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/**
 * A source of an older answer of ChatGPT, which is known by the place of its mark.
 *
 * @param start the start of the mark, in code points from the beginning of the answer
 * @param end the end of the mark, in code points from the beginning of the answer
 * @param shown the text that replaces the mark
 */
record CitedPlace(int start, int end, String shown) {

	/**
	 * Reads an element of {@code citations}.
	 * @param json the parser, at the beginning of the element
	 * @param fields reads the values
	 * @return the source; null if the element names no place
	 */
	static @Nullable CitedPlace read(JsonParser json, ForeignFields fields) {
		Values values = new Values(fields);
		fields.each(json, (inner, name) -> Values.FIELDS.read(values, inner, name));
		return (values.start != null && values.end != null)
				? new CitedPlace(values.start.intValue(), values.end.intValue(), values.reference.shown()) : null;
	}

	/**
	 * Returns the mark.
	 * @param text the code points of the answer
	 * @return the mark; empty if the place is not in the answer or too long for a mark
	 */
	String in(int[] text) {
		return (isWithin(text) && hasMarkLength()) ? new String(text, this.start, this.end - this.start) : "";
	}

	private boolean isWithin(int[] text) {
		return this.start >= 0 && this.end <= text.length;
	}

	private boolean hasMarkLength() {
		return this.end > this.start && this.end - this.start <= ChatGptCitations.MAX_CHARS;
	}

	/** The values of an element, while they are read. */
	private static final class Values {

		/** Other fields, such as the format of the mark, are not needed. */
		private static final FieldTable<Values> FIELDS = new FieldTable<Values>()
			.with("start_ix", (it, json) -> it.start = it.fields.number(json))
			.with("end_ix", (it, json) -> it.end = it.fields.number(json))
			.with("metadata", (it, json) -> JsonFields.each(json, (name) -> it.reference.read(json, name)));

		private final ForeignFields fields;

		private final CitedReference reference = new CitedReference();

		private @Nullable Double start;

		private @Nullable Double end;

		private Values(ForeignFields fields) {
			this.fields = fields;
		}

	}

}
