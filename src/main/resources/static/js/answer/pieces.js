import { opening, pass } from './open-elements.js';
import { cutInText } from './text-cut.js';
import { Weight } from './weight.js';

/**
 * Cuts HTML of an answer into pieces that a browser lays out one by one. A list of ten thousand items becomes many lists
 * of some hundred. Nothing here touches the page. The server does the same in `Pieces`.
 *
 * A cut depends only on the HTML before it, so that all pieces but the last stay the same while the HTML grows. Elements
 * that are open at a cut are closed in the piece before it and opened again in the next piece. List items and code have
 * the class `rest` there.
 */

/** The characters of HTML that a browser lays out within a few milliseconds. */
const ENOUGH = 16_000;
const NEVER_CUT = 2000;

const TAG = /<(\/?)([a-z][a-z0-9]*)\b[^>]*>/g;
const BLOCKS = new Set(['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'ul', 'ol', 'li', 'pre', 'blockquote', 'hr', 'table', 'tr', 'div', 'details']);
const HOLDERS = new Set([undefined, 'ul', 'ol', 'li', 'blockquote', 'tbody']);

/** The cuts of one block of an answer. */
export class Pieces {

	#cuts = [{ start: 0, open: [] }];

	/**
	 * Yields the changes of pieces that a change of the block causes. Each piece is cut when it is asked for, so that a
	 * change of any length can be written in slices. All must be taken before the next change.
	 *
	 * @returns {Iterable<{piece: number, before: string, after: string, keep: number, isCut: boolean}>} cut if the last
	 * element continues in the next piece
	 */
	*change({ before, after, keep }) {
		const old = this.#cuts;
		const cuts = old.filter(({ start }, at) => at === 0 || start <= keep);
		this.#cuts = cuts;
		const first = cuts.length - 1;
		for (let piece = first; piece < Math.max(old.length, cuts.length); piece++) {
			addCutAfter(after, cuts, piece);
			const isCut = Boolean(cuts[piece + 1]?.open.length);
			const change = { piece, before: pieceOf(before, old, piece), after: pieceOf(after, cuts, piece), keep: 0, isCut };
			if (piece === first) {
				change.keep = opening(cuts[first].open).length + Math.max(0, keep - cuts[first].start);
			}
			if (change.before !== change.after) {
				yield change;
			}
		}
	}

}

/** Adds the end of a piece to the cuts. The last piece has none. */
function addCutAfter(html, cuts, piece) {
	const next = cuts[piece] && cutAfter(html, cuts[piece]);
	if (next) {
		cuts[piece + 1] = next;
	}
}

function pieceOf(html, cuts, piece) {
	const cut = cuts[piece];
	if (!cut) {
		return '';
	}
	const next = cuts[piece + 1];
	const closing = (next?.open ?? []).toReversed().map(({ name }) => `</${name}>`).join('');
	return opening(cut.open) + html.slice(cut.start, next?.start) + closing;
}

function cutAfter(html, { start, open }) {
	if (html.length - start <= NEVER_CUT) {
		return null;
	}
	const now = open.map((element) => ({ ...element }));
	const weight = new Weight();
	let at = start;
	while (at < html.length) {
		TAG.lastIndex = at;
		const tag = TAG.exec(html);
		const text = { start, from: at, to: tag?.index ?? html.length, isEnough: isEnough(at - start, weight.isEnoughInText) };
		// Folded blocks stay together, because a second fold would have no summary.
		const isFolded = now.some(({ name }) => name === 'details');
		const inText = !isFolded && cutInText(html, text, now);
		if (inText) {
			return { start: inText, open: now };
		}
		if (!tag) {
			return null;
		}
		const holder = now.at(-1)?.name;
		if (!isFolded && isEnough(tag.index - start, weight.isEnoughIn(holder)) && !tag[1] && BLOCKS.has(tag[2]) && HOLDERS.has(holder)) {
			return { start: tag.index, open: now };
		}
		weigh(weight, tag, now);
		pass(html, tag, now);
		at = TAG.lastIndex;
	}
	return null;
}

function isEnough(length, isHeavy) {
	return length >= ENOUGH || (length >= NEVER_CUT && isHeavy);
}

function weigh(weight, { 1: slash, 2: name, index }, open) {
	if (slash) {
		weight.end(open.at(-1), index);
	} else {
		weight.begin(name);
	}
}
