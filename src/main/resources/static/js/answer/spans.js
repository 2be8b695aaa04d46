const TAG = /<(\/?)span\b[^>]*>/g;

/** The number of elements that a browser shows within a few milliseconds. */
const MAX_SPANS = 300;

/**
 * Cuts coloured code into pieces that are complete by themselves. A span that is open at a cut is closed before it and
 * opened again behind it. Each further piece begins with an element, so that no text of one line becomes two nodes.
 *
 * A cut depends only on the HTML before it, so that all pieces but the last stay the same while the code grows.
 *
 * @param {string} html text and spans
 * @returns {string[]} at least one piece
 */
export function piecesOf(html) {
	const pieces = [];
	const open = [];
	let opening = '';
	let start = 0;
	let count = 0;
	for (const { 0: tag, 1: slash, index } of html.matchAll(TAG)) {
		if (slash) {
			open.pop();
			continue;
		}
		if (count >= MAX_SPANS) {
			pieces.push(opening + html.slice(start, index) + '</span>'.repeat(open.length));
			[opening, start, count] = [open.join(''), index, 0];
		}
		open.push(tag);
		count++;
	}
	pieces.push(opening + html.slice(start));
	return pieces;
}
