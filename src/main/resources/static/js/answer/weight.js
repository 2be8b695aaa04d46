import { elementsOfFormula } from './formula-size.js';
import { isFormula } from './open-elements.js';

const ENOUGH = 500;

/** A cut in a table is visible, so its pieces are larger. */
const ENOUGH_IN_TABLE = 2000;

/** A cut in text or in a table is visible, so formulas count less there. */
const PART_OF_FORMULAS = 1 / 6;

/** The weight of an element that begins a line. Any other element weighs 1. */
const WEIGHT_OF_LINE = 5;

const LINES = new Set(['br', 'p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'li', 'pre', 'hr', 'tr']);

/**
 * The weight of the elements in a piece of an answer. A browser lays out a piece of enough weight within a few
 * milliseconds.
 */
export class Weight {

	#elements = 0;
	#formulas = 0;

	/** Adds an element that begins. */
	begin(name) {
		this.#elements += LINES.has(name) ? WEIGHT_OF_LINE : 1;
	}

	/** Adds the elements that will show a formula, when its source has ended. */
	end(element, at) {
		if (isFormula(element)) {
			this.#formulas += elementsOfFormula(at - element.index - element.markup.length);
		}
	}

	/** Whether this is enough for a cut in text. */
	get isEnoughInText() {
		return this.#visible >= ENOUGH;
	}

	/** Whether this is enough for a cut between the children of an element with this name. */
	isEnoughIn(holder) {
		return holder === 'tbody' ? this.#visible >= ENOUGH_IN_TABLE : this.#elements + this.#formulas >= ENOUGH;
	}

	get #visible() {
		return this.#elements + this.#formulas * PART_OF_FORMULAS;
	}

}
