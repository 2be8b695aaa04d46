import { dress, isBar, isKept, needsDress } from './code.js';
import { planAppend, plainText } from './append.js';

/**
 * Writes a change of the HTML into its wrapper. Appends if that is enough, and otherwise changes only the nodes that
 * differ.
 */
export function write(wrapper, change) {
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
