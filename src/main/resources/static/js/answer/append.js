/**
 * Plans how markup is added to a block, as plain strings. Nothing here touches the page. `write.js` carries the plans out.
 */

const VOID = new Set(['br', 'hr', 'img', 'input']);
const TAG = /<(\/?)([a-z][a-z0-9]*)\b[^>]*>/gi;
const CLOSERS = /^(?:<\/[a-z][a-z0-9]*>\n*)*$/i;
const ENTITIES = { '&lt;': '<', '&gt;': '>', '&amp;': '&', '&quot;': '"', '&#39;': "'" };

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
 * The length of the common start of two texts, which is known to be at least `keep`. It never ends inside a tag, an
 * entity or a surrogate pair.
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

/** @returns {string|null} the text of the markup; null if it is more than text */
export function plainText(markup) {
	if (markup.includes('<')) {
		return null;
	}
	const text = markup.replace(/&(?:lt|gt|amp|quot|#39);/g, '');
	return text.includes('&') ? null : markup.replace(/&(?:lt|gt|amp|quot|#39);/g, (entity) => ENTITIES[entity]);
}
