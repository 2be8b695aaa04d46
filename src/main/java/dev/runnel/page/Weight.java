package dev.runnel.page;

import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The weight of the elements in a piece of a text. A browser lays out a piece of enough
 * weight within a few milliseconds. The page's script counts the same in
 * {@code weight.js}.
 */
final class Weight {

	private static final int ENOUGH = 500;

	/** A cut in a table is visible, so its pieces are larger. */
	private static final int ENOUGH_IN_TABLE = 2000;

	/** A cut in text or in a table is visible, so formulas count less there. */
	private static final int PART_OF_FORMULAS = 6;

	/** The weight of an element that begins a line. Any other element weighs 1. */
	private static final int WEIGHT_OF_LINE = 5;

	/**
	 * The length of the longest formula that is rendered, in UTF-16 units. A longer one
	 * stays as its source.
	 */
	private static final int MAX_FORMULA_CHARS = 4000;

	private static final Set<String> LINES = Set.of("br", "p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "pre", "hr",
			"tr");

	private int elements;

	/** The estimated elements that will show formulas. */
	private int formulas;

	/** Adds an element that begins. */
	void begin(String name) {
		this.elements += LINES.contains(name) ? WEIGHT_OF_LINE : 1;
	}

	/**
	 * Adds the elements that will show a formula: ten, and two for each character of its
	 * source.
	 * @param element the element that ends
	 * @param at the index of its end tag
	 */
	void end(OpenElement element, int at) {
		int length = at - element.start() - element.markup().length();
		if (element.isFormula() && length <= MAX_FORMULA_CHARS) {
			this.formulas += 10 + 2 * length;
		}
	}

	/** Whether this is enough for a cut in text. */
	boolean isEnoughInText() {
		return visible() >= ENOUGH;
	}

	/** Whether this is enough for a cut between the children of this element. */
	boolean isEnoughIn(@Nullable OpenElement holder) {
		boolean inTable = holder != null && holder.name().equals("tbody");
		return inTable ? visible() >= ENOUGH_IN_TABLE : this.elements + this.formulas >= ENOUGH;
	}

	private int visible() {
		return this.elements + this.formulas / PART_OF_FORMULAS;
	}

}
