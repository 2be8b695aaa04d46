import { Blocks } from './patches.js';
import { dress } from './code.js';
import { touched } from './drawing.js';
import { loadCutter } from './cutter.js';
import { elementsOfFormulas } from './formula-size.js';
import { Slice } from '../lib/slice.js';
import { newPart } from './text-parts.js';
import { write } from './write.js';

/**
 * The size of one part of an answer, in characters of HTML and in blocks. The browser skips the layout of parts that are
 * out of view. A frame takes long if the parts at its edges are much higher than the view.
 */
const ENOUGH = 16_000;
const MOST_BLOCKS = 60;

/** An element that shows a formula counts as so many characters. */
const CHARACTERS_OF_ELEMENT = 32;

/** No shorter block is cut. */
const NEVER_CUT = 2000;

/** The time for writing in one frame. A longer frame delays the reaction to a key. */
const WRITE_MS = 40;

/** The module that cuts long blocks; null until it is loaded. */
let cutter = null;

/**
 * Keeps the elements of one answer equal to its blocks. All patches that arrive between two frames are written together,
 * and only where the HTML changes. Finished elements keep their identity, and with it selection, focus and scroll
 * position. Work that does not fit one frame is continued in the next ones.
 *
 * Each block has its own wrapper element, so that a block may hold any number of elements, or none. A long block has a
 * wrapper for each piece. The wrappers stand in parts, one after the other.
 */
export class Painter {

	#blocks = new Blocks();
	#pieces = [];
	#wrappers = [];
	#due = this.#changes();
	#weight = 0;
	#frame = 0;
	#held = false;
	#adopted = false;
	#grows = false;
	#tip;
	#body;
	#onPainted;

	/**
	 * @param {HTMLElement} body the element that holds the answer and nothing else
	 * @param {() => void} onPainted called once after each write
	 */
	constructor(body, onPainted = () => {}) {
		this.#body = body;
		this.#onPainted = onPainted;
	}

	apply(patches) {
		this.#grows = true;
		this.#blocks.apply(patches);
		this.#schedule();
	}

	/** Replaces all blocks. Equal elements stay untouched. */
	reset(html) {
		this.#forgetAdopted();
		this.#blocks.reset(html);
		this.#schedule();
	}

	/**
	 * Adopts the elements that the body holds, and adds what only a script can add. It starts with the last part, because
	 * the page opens at its end.
	 */
	async adopt() {
		this.#adopted = true;
		const parts = [...this.#body.children];
		const slice = new Slice();
		for (const part of parts.toReversed()) {
			dress(part);
			await slice.pause();
		}
		parts.forEach((part) => touched(part, this.#onPainted, slice));
	}

	/** Leaves the page as it is until `release`. Patches that arrive meanwhile are kept. */
	hold() {
		this.#held = true;
	}

	release() {
		this.#held = false;
		this.flush();
	}

	/** Writes due changes now, without waiting for a frame. */
	flush() {
		cancelAnimationFrame(this.#frame);
		this.#frame = 0;
		if (this.#held) {
			return;
		}
		const slice = new Slice();
		this.#write().forEach((part) => touched(part, this.#onPainted, slice));
		this.#point();
		this.#onPainted();
	}

	/** Marks the end as final, draws what may have grown until now, and saves memory. Patches may still come. */
	settle() {
		this.#grows = false;
		this.#point();
		this.#blocks.settle();
		if (this.#body.lastElementChild) {
			touched(this.#body.lastElementChild, this.#onPainted, new Slice());
		}
	}

	/**
	 * Marks the block at whose end the answer grows. The style sheet uses this mark only, because a style that depends on
	 * an ancestor of all blocks makes the browser visit all of them.
	 */
	#point() {
		const tip = this.#grows ? this.#body.lastElementChild?.lastElementChild : null;
		if (tip !== this.#tip) {
			this.#tip?.classList.remove('tip');
			tip?.classList.add('tip');
			this.#tip = tip;
		}
	}

	/**
	 * Writes changes until the time of a frame is over. The next frame continues.
	 *
	 * @returns {Set<HTMLElement>} the parts that have changed
	 */
	#write() {
		const end = performance.now() + WRITE_MS;
		const parts = new Set();
		for (let change = this.#next(); change; change = this.#next()) {
			parts.add(this.#paint(change));
			if (performance.now() >= end) {
				this.#schedule();
				break;
			}
		}
		return parts;
	}

	#schedule() {
		if (!this.#frame && !this.#held) {
			this.#frame = requestAnimationFrame(() => this.flush());
		}
	}

	/** The next change to write; none while the cutter is being loaded. */
	#next() {
		const { value, done } = this.#due.next();
		return done ? (this.#due = this.#changes()).next().value : value;
	}

	/** Yields the changes of pieces. New patches are taken only after all earlier changes are written. */
	*#changes() {
		for (const change of this.#blocks.take()) {
			while (change.after.length > NEVER_CUT && !cutter) {
				fetchCutter().then(() => this.#schedule());
				yield null;
			}
			for (const piece of this.#cut(change)) {
				yield { block: change.block, ...piece };
			}
		}
	}

	#cut(change) {
		const pieces = (this.#pieces[change.block] ??= cutter && new cutter.Pieces());
		return pieces?.change(change) ?? [{ ...change, piece: 0, isCut: false }];
	}

	/** @returns {HTMLElement} the part that has changed */
	#paint(change) {
		const wrapper = this.#wrapper(change.block, change.piece);
		const part = wrapper.parentElement;
		write(wrapper, change);
		wrapper.classList.toggle('cut', change.isCut);
		if (part === this.#body.lastElementChild) {
			this.#weight += weightOf(change.after) - weightOf(change.before);
		}
		return part;
	}

	#wrapper(block, piece) {
		while (this.#wrappers.length <= block) {
			this.#wrappers.push([this.#place()]);
		}
		const wrappers = this.#wrappers[block];
		while (wrappers.length <= piece) {
			wrappers.push(this.#place(wrappers.at(-1)));
		}
		return wrappers[piece];
	}

	/**
	 * Adds a wrapper behind the previous piece of its block, or at the end of the last part. A full part and a piece are
	 * followed by a new one.
	 */
	#place(previous) {
		const wrapper = document.createElement('div');
		wrapper.className = 'block';
		if (previous && previous !== this.#body.lastElementChild.lastElementChild) {
			previous.after(wrapper);
		} else {
			this.#openPart(previous).append(wrapper);
		}
		return wrapper;
	}

	#openPart(previous) {
		const last = this.#body.lastElementChild;
		if (last && !previous && this.#weight < ENOUGH && last.childElementCount < MOST_BLOCKS) {
			return last;
		}
		this.#weight = 0;
		return this.#body.appendChild(newPart(Boolean(last)));
	}

	#forgetAdopted() {
		if (this.#adopted) {
			this.#adopted = false;
			this.#body.replaceChildren();
		}
	}

}

function weightOf(html) {
	return html.length + CHARACTERS_OF_ELEMENT * elementsOfFormulas(html);
}

async function fetchCutter() {
	cutter = await loadCutter();
}
