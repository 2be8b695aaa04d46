import { Blocks, planAppend, plainText } from './patches.js';
import { dress, isBar, isKept, needsDress } from './code.js';
import { touched } from './drawing.js';
import { load } from '../lib/lazy.js';
import { Slice } from './slice.js';
import { newPart } from './text-parts.js';

/**
 * The size of one part of an answer, in characters of HTML and in blocks. The browser skips the layout of parts that are
 * out of view.
 */
const ENOUGH = 16_000;
const MOST_BLOCKS = 60;

/** The time for writing in one frame. A longer frame delays the reaction to a key. */
const WRITE_MS = 40;

/** The module that cuts long blocks; null until it is loaded. */
let cutter = null;
let fetching = null;

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
	#due = [];
	#weight = 0;
	#frame = 0;
	#held = false;
	#adopted = false;
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
		const slice = new Slice();
		for (const part of [...this.#body.children].reverse()) {
			dress(part);
			touched(part, this.#onPainted);
			await slice.pause();
		}
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
		this.#onPainted();
	}

	/** Saves memory when no further patches are expected. Patches may still come. */
	settle() {
		this.#blocks.settle();
	}

	html() {
		return this.#blocks.html();
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

	/**
	 * The next change to write; none while the cutter is being loaded. New patches are taken only after all earlier
	 * changes are written.
	 */
	#next() {
		if (this.#due.length === 0) {
			this.#due = this.#blocks.take().reverse();
		}
		const change = this.#due.pop();
		if (!change || change.piece >= 0) {
			return change;
		}
		if (change.after.length > ENOUGH && !cutter) {
			this.#due.push(change);
			fetchCutter().then(() => this.#schedule());
			return null;
		}
		this.#due.push(...this.#cut(change).reverse());
		return this.#next();
	}

	#cut(change) {
		const { block } = change;
		this.#pieces[block] ??= cutter && new cutter.Pieces();
		return this.#pieces[block]?.change(change).map((piece) => ({ block, ...piece })) ?? [{ ...change, piece: 0 }];
	}

	/** @returns {HTMLElement} the part that has changed */
	#paint(change) {
		const wrapper = this.#wrapper(change.block, change.piece);
		const part = wrapper.parentElement;
		paint(wrapper, change);
		if (part === this.#body.lastElementChild) {
			this.#weight += change.after.length - change.before.length;
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
	 * Adds a wrapper behind the previous piece of its block, or at the end of the last part. A full part is followed by a
	 * new one.
	 */
	#place(previous) {
		const wrapper = document.createElement('div');
		wrapper.className = 'block';
		if (previous && previous !== this.#body.lastElementChild.lastElementChild) {
			previous.after(wrapper);
		} else {
			this.#openPart().append(wrapper);
		}
		return wrapper;
	}

	#openPart() {
		const last = this.#body.lastElementChild;
		if (last && this.#weight < ENOUGH && last.childElementCount < MOST_BLOCKS) {
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

/** Loads the cutter. Without it a long block is one piece. */
async function fetchCutter() {
	fetching ??= load('answer/pieces.js').catch(() => ({ Pieces: OnePiece }));
	cutter = await fetching;
}

class OnePiece {

	change(change) {
		return [{ ...change, piece: 0 }];
	}

}

function paint(wrapper, change) {
	if (!wrapper.hasChildNodes()) {
		wrapper.append(elementsOf(change.after));
		return;
	}
	const plan = planAppend(change);
	if (!plan || !append(wrapper, plan)) {
		wrapper.normalize();
		morph(wrapper, elementsOf(change.after));
	}
}

function elementsOf(html) {
	const template = document.createElement('template');
	template.innerHTML = html;
	dress(template.content);
	return template.content;
}

function append(wrapper, { closing, pieces }) {
	let place = innermost(wrapper, closing);
	if (!place) {
		return false;
	}
	appendInside(place, pieces[0]);
	for (let ended = 1; ended < pieces.length; ended++) {
		while (ended < pieces.length - 1 && place.nextSibling) {
			place.nextSibling.remove();
		}
		place.insertAdjacentHTML('afterend', pieces[ended]);
		place = place.parentElement;
	}
	if (pieces.some(needsDress)) {
		dress(wrapper);
	}
	return true;
}

/** @returns {Element|null} the innermost open element; null if the elements differ from the HTML */
function innermost(wrapper, closing) {
	let place = wrapper;
	for (const name of closing.toReversed()) {
		place = place.lastElementChild;
		if (place?.localName !== name) {
			return null;
		}
	}
	return place;
}

function appendInside(place, markup) {
	const text = plainText(markup);
	if (text === null) {
		place.insertAdjacentHTML('beforeend', markup);
	} else if (place.lastChild instanceof Text) {
		place.lastChild.appendData(text);
	} else if (text) {
		place.append(text);
	}
}

/**
 * Makes the children of one node equal to those of another. Nodes that both have keep their identity, even if a node
 * before them was added or removed.
 */
function morph(target, source) {
	let old = target.firstChild;
	let next = source.firstChild;
	while (old && next) {
		[old, next] = step(old, next);
	}
	while (old) {
		old = removed(old);
	}
	while (next) {
		const rest = next.nextSibling;
		target.append(next);
		next = rest;
	}
}

/** @returns {[Node|null, Node|null]} the pair to look at next */
function step(old, next) {
	const [afterOld, afterNext] = [old.nextSibling, next.nextSibling];
	if (isAlike(old, next)) {
		reconcile(old, next);
		return [afterOld, afterNext];
	}
	if (isAlike(afterOld, next)) {
		return [removed(old), next];
	}
	if (isAlike(old, afterNext)) {
		old.before(next);
		return [old, afterNext];
	}
	old.replaceWith(next);
	return [afterOld, afterNext];
}

function removed(node) {
	const rest = node.nextSibling;
	node.remove();
	return rest;
}

/** Whether one node can become the other by changes below it. */
function isAlike(old, next) {
	if (!old || !next || old.nodeName !== next.nodeName) {
		return false;
	}
	return old instanceof Text || isBar(old, next) || old.cloneNode(false).isEqualNode(next.cloneNode(false));
}

function reconcile(old, next) {
	if (old.isEqualNode(next) || isKept(old, next)) {
		return;
	}
	if (old instanceof Text) {
		rewrite(old, next.data);
	} else {
		morph(old, next);
	}
}

function rewrite(node, text) {
	let same = 0;
	while (same < node.length && same < text.length && node.data[same] === text[same]) {
		same++;
	}
	node.replaceData(same, node.length - same, text.slice(same));
}
