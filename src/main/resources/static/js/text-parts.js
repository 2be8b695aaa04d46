/** So much text is laid out within a few milliseconds. It ends with a line or a word where it can. */
const PART = /[^]{1,8000}(?:\s|$)|[^]{1,8000}/gu;
const MOST = 8000;

/**
 * Adds plain text to an element that keeps its line breaks. Long text stands in parts, each of which a browser lays
 * out when it comes near.
 *
 * @param {HTMLElement} element holds its text, or parts of it, and nothing else
 */
export function addText(element, text) {
	const last = element.lastElementChild ?? element;
	if (last.textContent.length + text.length <= MOST) {
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
 * @param {boolean} hasDirection whether it runs in the direction of its own text: a browser would look for that of the
 * whole in all of its text each time, and so takes that of the beginning
 */
export function newPart(hasDirection) {
	const part = document.createElement('div');
	part.className = 'part';
	if (hasDirection) {
		part.dir = 'auto';
	}
	return part;
}
