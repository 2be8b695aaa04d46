/**
 * The effect of patches on the HTML of an answer, as plain strings. Nothing here touches the page. `paint.js` carries out
 * the plans made here.
 *
 * A patch `{block, keep, html}` means `blocks[block] = (blocks[block] ?? '').slice(0, keep) + html`.
 */

const VOID = new Set(['br', 'hr', 'img', 'input']);
const TAG = /<(\/?)([a-z][a-z0-9]*)\b[^>]*>/gi;
const CLOSERS = /^(?:<\/[a-z][a-z0-9]*>\n*)*$/i;

/** So many changes are taken at once, because an answer may have any number of blocks. */
const SOME = 200;

/** A usual answer has some hundred blocks. */
const MANY = 10_000;

/** The blocks of one answer, and their changes since the last `take`. */
export class Blocks {

	#html = [];
	#seen = [];
	#kept = new Map();

	/** Applies patches. Several patches of one block become one change. */
	apply(patches) {
		for (const { block, keep, html } of patches) {
			const before = this.#html[block] ?? '';
			this.#html[block] = before.slice(0, keep) + html;
			this.#kept.set(block, Math.min(keep, this.#kept.get(block) ?? keep));
		}
	}

	/** Replaces all blocks. The next `take` reports the differences from what was seen. */
	reset(html = []) {
		const count = Math.max(this.#html.length, this.#seen.length, html.length);
		this.#html = html.slice();
		for (let block = 0; block < count; block++) {
			this.#kept.set(block, 0);
		}
	}

	/** @returns {{block: number, before: string, after: string, keep: number}[]} some of the changes that were not taken yet */
	take() {
		const changes = [];
		for (const [block, keep] of this.#kept) {
			if (changes.length >= SOME) {
				break;
			}
			this.#kept.delete(block);
			const before = this.#seen[block] ?? '';
			const after = this.#html[block] ?? '';
			this.#seen[block] = after;
			if (before !== after) {
				changes.push({ block, before, after, keep: Math.min(keep, before.length) });
			}
		}
		return changes.sort((one, other) => one.block - other.block);
	}

	/**
	 * Copies all strings into whole ones, because browsers keep a concatenated string as its pieces. Very many blocks stay
	 * as they are, because copying them takes long.
	 */
	settle() {
		if (this.#kept.size === 0 && this.#html.length < MANY) {
			this.#html = structuredClone(this.#html);
			this.#seen = this.#html.slice();
		}
	}

}

/**
 * Finds out whether a change only adds to the elements that are open at the end of a block.
 *
 * `closing` names the elements that stay open, innermost first. `pieces` is the markup to add. The first piece goes to
 * the end of the innermost element. Each further piece goes behind the element that the piece before it ended, and
 * replaces the nodes there. Only the last piece keeps these nodes.
 *
 * @returns {{closing: string[], pieces: string[]}|null} null if existing nodes have to change
 */
export function planAppend({ before, after, keep }) {
	const from = commonStart(before, after, keep);
	const tail = before.slice(from);
	const end = after.length - tail.length;
	if (end < from || !CLOSERS.test(tail) || !after.endsWith(tail)) {
		return null;
	}
	const tags = [...tail.matchAll(TAG)];
	const pieces = splitAtEnds(after.slice(from, end));
	if (!pieces || pieces.length > tags.length + 1) {
		return null;
	}
	return { closing: tags.map((tag) => tag[2].toLowerCase()), pieces: withEnds(pieces, tags, tail) };
}

/**
 * Each ended element has a successor that is open at the end. The end tags of the successors are added to the last piece.
 */
function withEnds(pieces, tags, tail) {
	const ended = pieces.length - 1;
	if (ended === 0) {
		return pieces;
	}
	const last = tags[ended - 1];
	return [...pieces.slice(0, -1), pieces[ended] + tail.slice(0, last.index + last[0].length)];
}

/**
 * How far two texts agree. They are known to agree up to `keep`. The result is never inside a tag, an entity or a
 * surrogate pair.
 */
export function commonStart(before, after, keep) {
	const limit = Math.min(before.length, after.length);
	let at = Math.min(keep, limit);
	while (at < limit && before.charCodeAt(at) === after.charCodeAt(at)) {
		at++;
	}
	const shared = before.slice(keep, at);
	const tag = shared.lastIndexOf('<');
	if (tag > shared.lastIndexOf('>')) {
		return keep + tag;
	}
	const entity = shared.lastIndexOf('&');
	if (entity > shared.lastIndexOf(';')) {
		return keep + entity;
	}
	return isHighSurrogate(shared.charCodeAt(shared.length - 1)) ? at - 1 : at;
}

/**
 * Cuts markup behind each closing tag of an element that was open before the markup began.
 *
 * @returns {string[]|null} null if the markup ends at another depth than it began
 */
export function splitAtEnds(markup) {
	const pieces = [];
	let start = 0;
	let depth = 0;
	for (const tag of markup.matchAll(TAG)) {
		depth += depthChange(tag);
		if (depth < -pieces.length) {
			pieces.push(markup.slice(start, tag.index));
			start = tag.index + tag[0].length;
		}
	}
	pieces.push(markup.slice(start));
	return depth === 0 ? pieces : null;
}

function depthChange([, slash, name]) {
	if (VOID.has(name.toLowerCase())) {
		return 0;
	}
	return slash ? -1 : 1;
}

function isHighSurrogate(unit) {
	return unit >= 0xd800 && unit <= 0xdbff;
}

const ENTITIES = { '&lt;': '<', '&gt;': '>', '&amp;': '&', '&quot;': '"', '&#39;': "'" };

/** @returns {string|null} the text of the markup; null if it is more than text */
export function plainText(markup) {
	if (markup.includes('<')) {
		return null;
	}
	const text = markup.replace(/&(?:lt|gt|amp|quot|#39);/g, '');
	return text.includes('&') ? null : markup.replace(/&(?:lt|gt|amp|quot|#39);/g, (entity) => ENTITIES[entity]);
}
