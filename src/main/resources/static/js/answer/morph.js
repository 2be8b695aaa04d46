import { isBar, isKept } from './code.js';

/**
 * Makes the children of one node equal to those of another. Nodes that both have keep their identity, even if a node
 * before them was added or removed.
 */
export function morph(target, source) {
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
