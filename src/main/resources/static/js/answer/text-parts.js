/** A part is short enough to be laid out within a few milliseconds. It ends behind white space if possible. */
const PART = /[^]{1,8000}(?:\s|$)|[^]{1,8000}/gu;
const MAX_CHARS = 8000;

/**
 * Adds text as it was typed to an element that keeps its line breaks. Long text is split into parts, and a browser lays
 * out each part when it comes near the view.
 *
 * @param {HTMLElement} element holds its text, or parts of it, and nothing else
 */
export function addText(element, text) {
	const last = element.lastElementChild ?? element;
	if (last.textContent.length + text.length <= MAX_CHARS) {
		last.append(text);
		return;
	}
	const parts = (last.textContent + text).match(PART).map(partOf);
	if (last === element) {
		element.replaceChildren(...parts);
	} else {
		last.replaceWith(...parts);
	}
}

function partOf(text) {
	const part = newPart(true);
	part.append(text);
	return part;
}

/**
 * @param {boolean} hasDirection whether the part has the direction of its own text. A browser would search the whole text
 * for a direction each time; parts with a direction of their own leave only the beginning to search
 */
export function newPart(hasDirection) {
	const part = document.createElement('div');
	part.className = 'part';
	if (hasDirection) {
		part.dir = 'auto';
	}
	return part;
}
