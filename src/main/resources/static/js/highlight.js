import hljs from '../vendor/highlight-11.12.0.min.js';

/** Longer code stays plain: to colour it would hold up the page for more than a moment. */
const LONGEST = 60_000;

/** For each code element how much of its text was coloured. */
const coloured = new WeakMap();

/**
 * Colours a code element, or what was added to it. Nodes that have the right colours already stay, and no node is
 * exchanged while somebody selects text in it: then it is coloured the next time.
 *
 * @param {HTMLElement} code
 * @returns {boolean} whether its size may have changed: never, colours take no room
 */
export function draw(code) {
	const text = code.textContent;
	const language = /(?:^|\s)language-(\S+)/.exec(code.className)?.[1];
	if (coloured.get(code) === text.length || text.length > LONGEST || !hljs.getLanguage(language)) {
		return false;
	}
	const template = document.createElement('template');
	template.innerHTML = hljs.highlight(text, { language, ignoreIllegals: true }).value;
	if (template.content.textContent === text && exchange(code, template.content)) {
		coloured.set(code, text.length);
	}
	return false;
}

function exchange(code, content) {
	let old = code.firstChild;
	while (old && content.firstChild && old.isEqualNode(content.firstChild)) {
		content.firstChild.remove();
		old = old.nextSibling;
	}
	if (!old && !content.firstChild) {
		return true;
	}
	if (old && isSelected(old, code.lastChild)) {
		return false;
	}
	while (old) {
		const next = old.nextSibling;
		old.remove();
		old = next;
	}
	code.append(content);
	return true;
}

function isSelected(first, last) {
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
