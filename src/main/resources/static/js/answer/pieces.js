/**
 * Cuts HTML of an answer into pieces that a browser lays out one by one. A list of ten thousand items becomes many lists
 * of some hundred. Nothing here touches the page. The server does the same in `Pieces`.
 *
 * A cut depends only on the HTML before it, so that all pieces but the last stay the same while the HTML grows. Elements
 * that are open at a cut are closed in the piece before it and opened again in the next piece. List items and code have
 * the class `rest` there.
 */

/**
 * Sizes that a browser lays out within a few milliseconds: characters of HTML, characters of code, lines of code, and the
 * weight of the elements. An element that begins a line weighs as much as five others.
 */
const ENOUGH = 16_000;
const ENOUGH_CODE = 64_000;
const ENOUGH_LINES = 4000;
const ENOUGH_WEIGHT = 500;
const WEIGHT_OF_LINE = 5;

/** A cut in a table is visible, so its pieces are larger. */
const ENOUGH_IN_TABLE = 2000;
const NEVER_CUT = 2000;
const LONGEST_HEAD = 4000;

const TAG = /<(\/?)([a-z][a-z0-9]*)\b[^>]*>/g;
const VOID = new Set(['br', 'hr', 'img', 'input']);
const BLOCKS = new Set(['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'ul', 'ol', 'li', 'pre', 'blockquote', 'hr', 'table', 'tr', 'div', 'details']);
const LINES = new Set(['br', 'p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'li', 'pre', 'hr', 'tr']);
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
	let weight = 0;
	let at = start;
	while (at < html.length) {
		TAG.lastIndex = at;
		const tag = TAG.exec(html);
		const inText = cutInText(html, { start, from: at, to: tag?.index ?? html.length, weight }, now);
		if (inText) {
			return { start: inText, open: now };
		}
		if (!tag) {
			return null;
		}
		const holder = now.at(-1)?.name;
		if (isEnough(tag.index - start, weight, holder) && !tag[1] && BLOCKS.has(tag[2]) && HOLDERS.has(holder)) {
			return { start: tag.index, open: now };
		}
		pass(html, tag, now);
		weight += weightOf(tag);
		at = TAG.lastIndex;
	}
	return null;
}

function isEnough(length, weight, holder) {
	return length >= ENOUGH || (length >= NEVER_CUT && weight >= (holder === 'tbody' ? ENOUGH_IN_TABLE : ENOUGH_WEIGHT));
}

function weightOf([, slash, name]) {
	return slash ? 0 : LINES.has(name) ? WEIGHT_OF_LINE : 1;
}

/** Updates the open elements for a tag. */
function pass(html, [markup, slash, name], open) {
	const index = TAG.lastIndex - markup.length;
	const parent = open.at(-1);
	if (slash) {
		open.pop();
	} else if (!VOID.has(name)) {
		if (name === 'li' && parent) {
			parent.items++;
		} else if (name === 'tbody' && parent?.index >= 0 && index - parent.index <= LONGEST_HEAD) {
			parent.markup = html.slice(parent.index, index);
		}
		open.push({ name, markup, index, items: 0 });
	}
}

/** The start tags of a further piece. Each piece of a table repeats the table's head. List items keep their numbers. */
function opening(open) {
	return open.map(({ name, markup, items }, at) => {
		if (name === 'ol') {
			const first = Number(/ start="(\d+)"/.exec(markup)?.[1] ?? 1);
			return `<ol start="${first + items - (open[at + 1] ? 1 : 0)}">`;
		}
		return name === 'li' || name === 'pre' ? `<${name} class="rest">` : markup;
	}).join('');
}

function cutInText(html, { start, from, to, weight }, open) {
	if (open.some(({ name }) => name === 'pre')) {
		return cutInCode(html, start, from, to);
	}
	const most = start + 2 * ENOUGH;
	const least = open.some(({ name }) => name === 'tr') ? most : leastInText(start, from, weight);
	if (least >= to) {
		return 0;
	}
	const space = open.at(-1)?.markup.includes('math') ? -1 : spaceIn(html, least, to);
	return space >= 0 && space < most ? space + 1 : forced(html, Math.max(from, most), to);
}

/** Text in a table is cut as late as possible, because the rest of its row would stand in the wrong columns. */
function leastInText(start, from, weight) {
	return isEnough(from - start, weight) ? from : Math.max(from, start + ENOUGH);
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
