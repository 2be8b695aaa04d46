import { prefer, preference } from '../lib/preferences.js';

const MIN = 12;
const MAX = 30;
const USUAL = 16.5;
const root = document.documentElement;
const isMirrored = root.dir === 'rtl';

let edge = null;

/** Lets the reader move the edge from now on. @param {HTMLElement} element the separator between the side bar and the chat */
export function follow(element) {
	edge ??= new Edge(element);
}

/** The inner edge of the side bar: the reader drags it, or moves it with the arrow keys, to change the bar's width. */
class Edge {

	#element;

	constructor(element) {
		this.#element = element;
		element.ariaValueNow = String(preference('shelf') ?? USUAL);
		element.addEventListener('pointerdown', (event) => this.#grab(event));
		element.addEventListener('pointermove', (event) => this.#drag(event));
		element.addEventListener('lostpointercapture', () => this.#keep());
		element.addEventListener('keydown', (event) => this.#press(event));
		element.addEventListener('dblclick', () => this.#reset());
	}

	#grab(event) {
		if (event.button === 0) {
			event.preventDefault();
			this.#element.setPointerCapture(event.pointerId);
		}
	}

	#drag({ clientX, pointerId }) {
		if (this.#element.hasPointerCapture(pointerId)) {
			const { left, right } = this.#element.closest('.shelf').getBoundingClientRect();
			const pixels = isMirrored ? right - clientX : clientX - left;
			this.#show(pixels / parseFloat(getComputedStyle(root).fontSize));
		}
	}

	#press(event) {
		const outwards = isMirrored ? 'ArrowLeft' : 'ArrowRight';
		const inwards = isMirrored ? 'ArrowRight' : 'ArrowLeft';
		const width = { [outwards]: this.#width + 1, [inwards]: this.#width - 1, Home: MIN, End: MAX }[event.key];
		if (width) {
			event.preventDefault();
			this.#show(width);
			this.#keep();
		}
	}

	get #width() {
		return Number(this.#element.ariaValueNow);
	}

	/** @param {number} width in rem, so that it grows with the size of the text */
	#show(width) {
		const shown = Math.round(Math.min(Math.max(width, MIN), MAX) * 10) / 10;
		root.style.setProperty('--shelf-width', `${shown}rem`);
		this.#element.ariaValueNow = String(shown);
	}

	#keep() {
		prefer('shelf', this.#width);
	}

	#reset() {
		prefer('shelf', null);
		root.style.removeProperty('--shelf-width');
		this.#element.ariaValueNow = String(USUAL);
	}

}
