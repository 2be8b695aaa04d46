/** The elements that are open at a place in HTML. */

/** The length of the longest table head that is repeated. */
const MAX_HEAD_CHARS = 4000;

const VOID = new Set(['br', 'hr', 'img', 'input']);

const FORMULA = /^<(?:div|span) class="math/;

/** Whether this open element contains the source of a formula. */
export function isFormula(element) {
	return Boolean(element) && FORMULA.test(element.markup);
}

/** Updates the open elements for a tag, which is a match of a regular expression. */
export function pass(html, { 0: markup, 1: slash, 2: name, index }, open) {
	const parent = open.at(-1);
	if (slash) {
		open.pop();
	} else if (!VOID.has(name)) {
		if (name === 'li' && parent) {
			parent.items++;
		} else if (name === 'tbody' && parent?.index >= 0 && index - parent.index <= MAX_HEAD_CHARS) {
			parent.markup = html.slice(parent.index, index);
		}
		open.push({ name, markup, index, items: 0 });
	}
}

/** The start tags of a further piece. Each piece of a table repeats the table's head. List items keep their numbers. */
export function opening(open) {
	return open.map(({ name, markup, items }, at) => {
		if (name === 'ol') {
			const first = Number(/ start="(\d+)"/.exec(markup)?.[1] ?? 1);
			return `<ol start="${first + items - (open[at + 1] ? 1 : 0)}">`;
		}
		return name === 'li' || name === 'pre' ? `<${name} class="rest">` : markup;
	}).join('');
}
