import { Highlighter } from './highlighter.js';

/** Longer code stays plain, and so does code with a longer line: nobody reads it, and its colours take long. */
const LONGEST = 60_000;
const LONGEST_LINE = 1000;

const highlighter = new Highlighter(() => new Worker(new URL('./highlight-worker.js', import.meta.url), { type: 'module' }));

/** For each code element how much of its text was given to be coloured. */
const asked = new WeakMap();

/** What took too long once takes longer still when it has grown. */
const plain = new WeakSet();

/**
 * Colours a code element, or what was added to it. Nodes that have the right colours already stay, and no node is
 * exchanged while somebody selects text in it: then it is coloured the next time.
 *
 * @param {HTMLElement} code
 * @returns {Promise<boolean>} false: its size never changes
 */
export async function draw(code) {
	const text = code.textContent;
	const language = /(?:^|\s)language-(\S+)/.exec(code.className)?.[1];
	if (plain.has(code) || asked.get(code) === text.length || !language || !isColourable(text)) {
		return false;
	}
	asked.set(code, text.length);
	const html = await highlighter.highlight(text, language);
	if (html === null) {
		plain.add(code);
	} else if (!show(code, text, html)) {
		asked.delete(code);
	}
	return false;
}

function isColourable(text) {
	return text.length <= LONGEST && !text.split('\n').some(({ length }) => length > LONGEST_LINE);
}

/** What has come since the code was coloured follows it plain. */
function show(code, text, html) {
	const now = code.textContent;
	const template = document.createElement('template');
	template.innerHTML = html;
	if (!now.startsWith(text) || template.content.textContent !== text) {
		return false;
	}
	if (now.length > text.length) {
		template.content.append(now.slice(text.length));
	}
	return exchange(code, template.content);
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
