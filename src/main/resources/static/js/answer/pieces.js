/**
 * Cuts HTML of an answer into pieces that a browser lays out one by one. A list of ten thousand items becomes many lists
 * of some hundred. Nothing here touches the page. The server does the same in `Pieces`.
 *
 * A cut depends only on the HTML before it, so that all pieces but the last stay the same while the HTML grows. Elements
 * that are open at a cut are closed in the piece before it and opened again in the next piece. List items and code have
 * the class `rest` there.
 */

/** Sizes that a browser lays out within a few milliseconds: characters of HTML, characters of code, lines of code. */
const ENOUGH = 16_000;
const ENOUGH_CODE = 64_000;
const ENOUGH_LINES = 4000;
const NEVER_CUT = 8000;
const LONGEST_HEAD = 4000;

const TAG = /<(\/?)([a-z][a-z0-9]*)\b[^>]*>/g;
const VOID = new Set(['br', 'hr', 'img', 'input']);
const BLOCKS = new Set(['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'ul', 'ol', 'li', 'pre', 'blockquote', 'hr', 'table', 'tr', 'div']);
const HOLDERS = new Set([undefined, 'ul', 'ol', 'li', 'blockquote', 'tbody']);

/** The cuts of one block of an answer. */
export class Pieces {

	#cuts = [{ start: 0, open: [] }];

	/**
	 * @returns {{piece: number, before: string, after: string, keep: number}[]} the changes of pieces that a change of
	 * the block causes
	 */
	change({ before, after, keep }) {
		const old = this.#cuts;
		const kept = old.filter(({ start }, at) => at === 0 || start <= keep);
		this.#cuts = withFurther(after, kept);
		const first = kept.length - 1;
		const changes = [];
		for (let piece = first; piece < Math.max(old.length, this.#cuts.length); piece++) {
			const change = { piece, before: pieceOf(before, old, piece), after: pieceOf(after, this.#cuts, piece), keep: 0 };
			if (piece === first) {
				change.keep = opening(kept[first].open).length + Math.max(0, keep - kept[first].start);
			}
			if (change.before !== change.after) {
				changes.push(change);
			}
		}
		return changes;
	}

}

/** @returns {string[]} the pieces of complete HTML */
export function piecesOf(html) {
	const cuts = withFurther(html, [{ start: 0, open: [] }]);
	return cuts.map((_, piece) => pieceOf(html, cuts, piece));
}

function withFurther(html, cuts) {
	const all = cuts.slice();
	for (let cut = cutAfter(html, all.at(-1)); cut; cut = cutAfter(html, cut)) {
		all.push(cut);
	}
	return all;
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
	let at = start;
	while (at < html.length) {
		TAG.lastIndex = at;
		const tag = TAG.exec(html);
		const inText = cutInText(html, { start, from: at, to: tag?.index ?? html.length }, now);
		if (inText) {
			return { start: inText, open: now };
		}
		if (!tag) {
			return null;
		}
		if (tag.index - start >= ENOUGH && !tag[1] && BLOCKS.has(tag[2]) && HOLDERS.has(now.at(-1)?.name)) {
			return { start: tag.index, open: now };
		}
		pass(html, tag, now);
		at = TAG.lastIndex;
	}
	return null;
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

function cutInText(html, { start, from, to }, open) {
	const top = open.at(-1);
	if (open.some(({ name }) => name === 'pre')) {
		return cutInCode(html, start, from, to);
	}
	const least = Math.max(from, start + ENOUGH);
	if (least >= to) {
		return 0;
	}
	const space = top?.markup.includes('math') ? -1 : spaceIn(html, least, to);
	return space >= 0 && space < start + 2 * ENOUGH ? space + 1 : forced(html, start + 2 * ENOUGH, to);
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
