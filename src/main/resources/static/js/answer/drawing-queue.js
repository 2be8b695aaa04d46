import { load } from '../lib/lazy.js';
import { Slice } from '../lib/slice.js';

/** The limit for elements of one kind in one text. No real text has more. The rest stays as it was written. */
const MAX_ELEMENTS = 2000;

/** The time for which a text waits for the module that draws its elements. */
const MAX_WAIT_MS = 1000;

/**
 * Draws the elements of one kind, one after the other. It begins with the part that was written last. The module that
 * draws them is loaded when the first of them appears. Without it the text is still readable.
 *
 * The module's `draw` takes an element and returns, possibly later, the number of elements that the browser has to lay
 * out anew.
 */
export class DrawingQueue {

	/** Whether the module is loaded, or a text has waited for it. */
	isPrepared = false;

	#selector;
	#name;
	#module = null;
	#parts = new Map();
	#isDrawing = false;
	#preparing = null;

	/** For each text, the elements admitted to drawing. */
	#admitted = new WeakMap();

	/**
	 * @param {string} selector finds the elements
	 * @param {string} name the path of the module's file, from the folder of the scripts
	 */
	constructor(selector, name) {
		this.#selector = selector;
		this.#name = name;
	}

	isNeededBy(part) {
		return part.querySelector(this.#selector) !== null;
	}

	/** Loads the module. @returns {Promise<void>} resolves when it is loaded, or after a limit */
	prepare() {
		this.#preparing ??= this.#prepare();
		return this.#preparing;
	}

	async #prepare() {
		await Promise.race([this.#load(), new Promise((resolve) => setTimeout(resolve, MAX_WAIT_MS))]);
		this.isPrepared = true;
	}

	async #load() {
		this.#module ??= await load(this.#name).catch(() => null);
	}

	/** Draws the elements in view, and those of one view above, at once. Does nothing without the module. */
	drawInView(scroller) {
		const { top, bottom, height } = scroller.getBoundingClientRect();
		const isNear = (box) => box.bottom > top - height && box.top < bottom;
		[...scroller.querySelectorAll(this.#selector)]
			.filter((element) => element.checkVisibility({ contentVisibilityAuto: true }) && isNear(element.getBoundingClientRect()))
			.filter((element) => this.#module && this.#mayDraw(element))
			.forEach((element) => this.#module.draw(element));
	}

	/** Draws the newest elements of a part until the slice is over. Draws nothing before the module is loaded. */
	drawNow(part, slice) {
		const elements = this.#module ? part.querySelectorAll(this.#selector) : [];
		for (let at = elements.length - 1; at >= 0 && !slice.isOver; at--) {
			if (this.#mayDraw(elements[at])) {
				slice.count(this.#module.draw(elements[at]));
			}
		}
	}

	/**
	 * Draws the elements of these parts when those before them are drawn.
	 *
	 * @param {Map<Element, () => void>} parts the newest last, each with the function to call after the look of the part,
	 * and possibly its height, has changed
	 */
	add(parts) {
		for (const [part, onDrawn] of parts) {
			if (this.isNeededBy(part)) {
				this.#parts.delete(part);
				this.#parts.set(part, onDrawn);
			}
		}
		if (this.#parts.size > 0 && !this.#isDrawing) {
			this.#drawAll();
		}
	}

	async #drawAll() {
		this.#isDrawing = true;
		try {
			await this.#load();
			const slice = new Slice();
			while (this.#module && this.#parts.size > 0) {
				const [part, onDrawn] = [...this.#parts].at(-1);
				this.#parts.delete(part);
				await this.#draw(part, onDrawn, slice);
			}
		} finally {
			this.#isDrawing = false;
		}
	}

	async #draw(part, onDrawn, slice) {
		let added = 0;
		for (const element of part.querySelectorAll(this.#selector)) {
			const more = this.#mayDraw(element) ? await this.#module.draw(element) : 0;
			slice.count(more);
			added += more;
			if (slice.isOver) {
				tell(part, added, onDrawn);
				added = 0;
				await slice.pause();
			}
		}
		tell(part, added, onDrawn);
	}

	#mayDraw(element) {
		const text = element.closest('.rendered');
		if (!text) {
			return false;
		}
		const admitted = this.#admitted.get(text) ?? this.#admitted.set(text, new Set()).get(text);
		return admitted.has(element) || (admitted.size < MAX_ELEMENTS && Boolean(admitted.add(element)));
	}

}

function tell(part, added, onDrawn) {
	if (added > 0 && part.isConnected) {
		onDrawn();
	}
}
