import { elementsOfFormulas } from './formula-size.js';
import { newPart } from './text-parts.js';

/**
 * The size of one part of an answer, in characters of HTML and in blocks. The browser skips the layout of parts that are
 * out of view. A frame takes long if the parts at its edges are much higher than the view.
 */
const ENOUGH = 16_000;
const MAX_BLOCKS = 60;

/** The number of characters for which one element of a formula counts. */
const CHARACTERS_OF_ELEMENT = 32;

/** The number of characters for which the bar counts that the page adds to a table. */
const CHARACTERS_OF_BAR = 200;

/**
 * The parts of one answer on the page. Each block has its own wrapper element, so that a block may hold any number of
 * elements, or none. A long block has a wrapper for each piece. The wrappers stand in parts, one after the other.
 */
export class Parts {

	#body;
	#wrappers = [];
	#weight = 0;

	/** @param {HTMLElement} body the element that holds the answer and nothing else */
	constructor(body) {
		this.#body = body;
	}

	/** The last part. */
	get last() {
		return this.#body.lastElementChild;
	}

	/** The last wrapper with content. Wrappers of an earlier, longer text may stand behind it. */
	get end() {
		let wrapper = this.last?.lastElementChild;
		while (wrapper && !wrapper.hasChildNodes()) {
			wrapper = wrapper.previousElementSibling ?? wrapper.parentElement.previousElementSibling?.lastElementChild;
		}
		return wrapper;
	}

	/** @returns {HTMLElement} the wrapper of a piece, which is added if it is new */
	wrapperOf(block, piece) {
		while (this.#wrappers.length <= block) {
			this.#wrappers.push([this.#place()]);
		}
		const wrappers = this.#wrappers[block];
		while (wrappers.length <= piece) {
			wrappers.push(this.#place(wrappers.at(-1)));
		}
		return wrappers[piece];
	}

	/** Notes that a change was written in a part. A part is full when its weight is enough. */
	weigh(part, { before, after }) {
		if (part === this.last) {
			this.#weight += weightOf(after) - weightOf(before);
		}
	}

	/**
	 * Adds a wrapper behind the previous piece of its block, or at the end of the last part. A new part begins after a
	 * full part and after a piece.
	 */
	#place(previous) {
		const wrapper = document.createElement('div');
		wrapper.className = 'block';
		if (previous && previous !== this.last.lastElementChild) {
			previous.after(wrapper);
		} else {
			this.#openPart(previous).append(wrapper);
		}
		return wrapper;
	}

	#openPart(previous) {
		const { last } = this;
		if (last && !previous && this.#weight < ENOUGH && last.childElementCount < MAX_BLOCKS) {
			return last;
		}
		this.#weight = 0;
		return this.#body.appendChild(newPart(Boolean(last)));
	}

}

function weightOf(html) {
	const tables = html.split('<table>').length - 1;
	return html.length + CHARACTERS_OF_ELEMENT * elementsOfFormulas(html) + CHARACTERS_OF_BAR * tables;
}
