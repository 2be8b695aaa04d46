/** How much work formulas are for a browser: the number of elements that show them. */

/** The length of the longest formula that is rendered. A longer one stays as its source. */
export const MAX_FORMULA_CHARS = 4000;

const FORMULA = /<(?:div|span) class="math(?: display)?">([^<]*)/g;

/** Estimates the elements of a formula: ten, and two for each character of its source. */
export function elementsOfFormula(length) {
	return length > MAX_FORMULA_CHARS ? 0 : 10 + 2 * length;
}

/** Estimates the elements of all formulas in this HTML. */
export function elementsOfFormulas(html) {
	let elements = 0;
	for (const [, source] of html.matchAll(FORMULA)) {
		elements += elementsOfFormula(source.length);
	}
	return elements;
}
