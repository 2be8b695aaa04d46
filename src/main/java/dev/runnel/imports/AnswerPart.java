package dev.runnel.imports;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;

import dev.runnel.upstream.Citation;
import org.jspecify.annotations.Nullable;

/**
 * The last part of an answer whose text is not joined yet. Branches share the parts
 * before their branching point. Separate copies of the whole text would take memory that
 * grows with the square of the file size.
 *
 * @param before the previous part; null for none
 * @param turn the text and the reasoning of this part
 * @param length the length of the whole text, in UTF-16 units
 */
record AnswerPart(@Nullable AnswerPart before, ForeignTurn turn, long length) {

	/**
	 * Returns the text that continues another one.
	 * @param before the text; null for none
	 * @param turn the next part
	 * @return the longer text
	 */
	static AnswerPart of(@Nullable AnswerPart before, ForeignTurn turn) {
		return new AnswerPart(before, turn,
				(before != null) ? before.length + ForeignText.BETWEEN.length() + turn.length() : turn.length());
	}

	/**
	 * Returns the texts of all parts.
	 * @param text returns the text of a part
	 * @return the texts that are not blank, as paragraphs
	 */
	String joined(Function<ForeignTurn, String> text) {
		Deque<String> texts = new ArrayDeque<>();
		for (AnswerPart part = this; part != null; part = part.before) {
			if (!text.apply(part.turn).isBlank()) {
				texts.push(text.apply(part.turn));
			}
		}
		return String.join(ForeignText.BETWEEN, texts);
	}

	/**
	 * Returns the pages that the parts cite.
	 * @return the citations, each once, those of the first part first
	 */
	List<Citation> citations() {
		Deque<Citation> citations = new ArrayDeque<>();
		for (AnswerPart part = this; part != null; part = part.before) {
			List<Citation> own = part.turn.citations();
			for (int i = own.size() - 1; i >= 0; i--) {
				citations.push(own.get(i));
			}
		}
		return citations.stream().distinct().limit(Citation.MAX).toList();
	}

	/**
	 * Returns the model named last. Tool output does not name a model.
	 * @return the model; null if no part names one
	 */
	@Nullable String model() {
		AnswerPart part = this;
		while (part.turn.model() == null && part.before != null) {
			part = part.before;
		}
		return part.turn.model();
	}

}
