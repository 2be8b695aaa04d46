/** @returns {DocumentFragment} the nodes of a piece of coloured text */
export function contentOf(html) {
	const template = document.createElement('template');
	template.innerHTML = html;
	return template.content;
}

/** Skips the nodes that have the right colours. @returns {Node|null} the first node behind them */
export function skipSame(node, content) {
	let place = node;
	while (place && content.firstChild && place.isEqualNode(content.firstChild)) {
		content.firstChild.remove();
		place = place.nextSibling;
	}
	return place;
}

/** Removes text from the beginning of a node on. @returns {Node|null} the node behind it */
export function removeText(node, length) {
	let place = node;
	let rest = length;
	while (rest > 0 && place.textContent.length <= rest) {
		const next = place.nextSibling;
		rest -= place.textContent.length;
		place.remove();
		place = next;
	}
	return rest > 0 ? withoutStart(place, rest) : place;
}

/** Shortens a node. An element becomes plain text. @returns {Text} */
function withoutStart(node, length) {
	const text = new Text(node.textContent.slice(length));
	node.replaceWith(text);
	return text;
}

/** Whether the reader has selected a part of these nodes. */
export function isSelected(first, last) {
	const selection = document.getSelection();
	if (selection.isCollapsed) {
		return false;
	}
	const range = document.createRange();
	range.setStartBefore(first);
	range.setEndAfter(last);
	const selected = selection.getRangeAt(0);
	return selected.compareBoundaryPoints(Range.END_TO_START, range) < 0 && selected.compareBoundaryPoints(Range.START_TO_END, range) > 0;
}
