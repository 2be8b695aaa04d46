import { Highlighter } from './highlighter.js';

/** Longer code stays plain, and so does code with a longer line: nobody reads it, and colouring it takes long. */
const LONGEST = 60_000;
const LONGEST_LINE = 1000;

const highlighter = new Highlighter(() => new Worker(new URL('./highlight-worker.js', import.meta.url), { type: 'module' }));

/** The length of the text that was last sent for colouring, for each code element. */
const asked = new WeakMap();

/** Code that took too long once. It stays plain, because it takes longer still when it has grown. */
const plain = new WeakSet();

/**
 * Colours a code element, or the text added to it. Nodes that already have the right colours stay. No node is replaced
 * while it is selected: the next call colours it.
 *
 * @param {HTMLElement} code
 * @returns {Promise<boolean>} always false, because colours never change the size
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

/** Shows the coloured text. Text that arrived meanwhile follows it uncoloured. */
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
