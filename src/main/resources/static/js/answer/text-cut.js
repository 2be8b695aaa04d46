import { isFormula } from './open-elements.js';

/** Finds where to cut text without tags that is too long for one piece. */

/** Sizes that a browser lays out within a few milliseconds: characters of HTML, characters of code, and lines of code. */
const ENOUGH = 16_000;
const ENOUGH_CODE = 64_000;
const ENOUGH_LINES = 4000;

/**
 * @param {string} html the HTML that contains the text
 * @param {{start: number, from: number, to: number, isEnough: boolean}} text the start of the piece, the start and the end
 * of the text, and whether the piece is long enough at the start of the text
 * @param {object[]} open the open elements
 * @returns {number} the place of the cut; 0 if the text is short enough
 */
export function cutInText(html, { start, from, to, isEnough }, open) {
	if (open.some(({ name }) => name === 'pre')) {
		return cutInCode(html, start, from, to);
	}
	const most = start + 2 * ENOUGH;
	// Text in a table is cut as late as possible, because the rest of its row would stand in the wrong columns.
	const isInRow = open.some(({ name }) => name === 'tr');
	const least = isInRow ? most : isEnough ? from : Math.max(from, start + ENOUGH);
	if (least >= to) {
		return 0;
	}
	const space = isFormula(open.at(-1)) ? -1 : spaceIn(html, least, to);
	return space >= 0 && space < most ? space + 1 : forced(html, Math.max(from, most), to);
}

function spaceIn(html, from, to) {
	const found = html.slice(from, Math.min(to, from + ENOUGH)).search(/ |\n./);
	return found < 0 ? -1 : from + found;
}

function cutInCode(html, start, from, to) {
	let lines = 0;
	for (let end = html.indexOf('\n', from); end >= 0 && end < to - 1; end = html.indexOf('\n', end + 1)) {
		if (++lines >= ENOUGH_LINES || end >= start + ENOUGH_CODE) {
			return end < start + 2 * ENOUGH_CODE ? end + 1 : forced(html, start + 2 * ENOUGH_CODE, to);
		}
	}
	return forced(html, start + 2 * ENOUGH_CODE, to);
}

/** Cuts text without a space anywhere, but not within an entity or a surrogate pair. */
function forced(html, at, to) {
	if (at >= to) {
		return 0;
	}
	const entity = html.lastIndexOf('&', at - 1);
	if (entity > at - 8 && html.lastIndexOf(';', at - 1) < entity) {
		return entity;
	}
	return /[\udc00-\udfff]/.test(html[at]) ? at - 1 : at;
}
