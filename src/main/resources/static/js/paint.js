import { Blocks, planAppend, plainText } from './patches.js';
import { dress, isBar, isKept, needsDress } from './code.js';
import { touched } from './drawing.js';

/**
 * Keeps the elements of one answer equal to its blocks. All that arrives between two frames is written at once,
 * and only where the HTML changes: elements that are finished keep their identity, and so selection, focus and scroll.
 *
 * Each block has a wrapper of its own in the body, so that a block may hold any number of elements, or none.
 */
export class Painter {

	#blocks = new Blocks();
	#wrappers = [];
	#frame = 0;
	#held = false;
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

	/** Puts these blocks in place of all that was there; what is equal stays untouched. */
	reset(html) {
		this.#blocks.reset(html);
		this.#schedule();
	}

	/** Takes what the body holds already as its one block. */
	adopt() {
		const wrapper = this.#body.querySelector(':scope > .block');
		if (wrapper) {
			this.#wrappers.push(wrapper);
			this.#blocks.see([wrapper.innerHTML]);
			touched(wrapper, wrapper.innerHTML, this.#onPainted);
		}
	}

	/** Leaves the page as it is until released; what arrives is kept. */
	hold() {
		this.#held = true;
	}

	release() {
		this.#held = false;
		this.flush();
	}

	/** Writes what is due now, without waiting for a frame. */
	flush() {
		cancelAnimationFrame(this.#frame);
		this.#frame = 0;
		if (this.#held) {
			return;
		}
		for (const change of this.#blocks.take()) {
			const wrapper = this.#wrapper(change.block);
			paint(wrapper, change);
			touched(wrapper, change.after, this.#onPainted);
		}
		this.#onPainted();
	}

	/** Nothing more is expected, though it may come. */
	settle() {
		this.#blocks.settle();
	}

	html() {
		return this.#blocks.html();
	}

	#schedule() {
		if (!this.#frame && !this.#held) {
			this.#frame = requestAnimationFrame(() => this.flush());
		}
	}

	#wrapper(block) {
		while (this.#wrappers.length <= block) {
			const wrapper = document.createElement('div');
			wrapper.className = 'block';
			this.#wrappers.push(wrapper);
			this.#body.append(wrapper);
		}
		return this.#wrappers[block];
	}

}

function paint(wrapper, change) {
	const plan = planAppend(change);
	if (!plan || !append(wrapper, plan)) {
		replace(wrapper, change.after);
	}
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

/** @returns {Element|null} the innermost open element, null if the page does not look as the HTML says */
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

function replace(wrapper, html) {
	const template = document.createElement('template');
	template.innerHTML = html;
	dress(template.content);
	wrapper.normalize();
	morph(wrapper, template.content);
}

/**
 * Makes the children of one node like those of another. Nodes that both have keep their identity, also behind one
 * that has come or gone.
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

/** Whether one node may become the other by changes below it. */
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
