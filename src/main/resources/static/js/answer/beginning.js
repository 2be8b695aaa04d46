import { dress } from './code.js';
import { touched } from './drawing.js';
import { newPart } from './text-parts.js';
import { Slice } from '../lib/slice.js';

/** The server sends this after each piece. */
const END_OF_PIECE = '<!---->';

/** The beginnings are loaded one after the other, because a browser opens only few connections to a server. */
let last = Promise.resolve();

/**
 * Loads the beginning of a very long answer, which the server leaves out of the page, and inserts it part by part in place
 * of the link to it. The link stays if the beginning cannot be loaded.
 *
 * @param {HTMLAnchorElement} link
 * @returns {number} always 0, because the link looks the same at first
 */
export function draw(link) {
	last = last.then(() => load(link)).catch(() => {});
	return 0;
}

async function load(link) {
	const response = await fetch(link.href);
	if (response.ok) {
		await insert(response.body, link.parentElement);
	}
}

async function insert(body, place) {
	const slice = new Slice();
	for await (const html of piecesOf(body)) {
		if (!place.isConnected) {
			return;
		}
		const part = newPart(Boolean(place.previousElementSibling));
		// The conversation is a live region. This text is older than what it announced.
		part.setAttribute('aria-live', 'off');
		part.innerHTML = html;
		dress(part);
		place.before(part);
		touched(part, () => {}, slice);
		await slice.pause();
	}
	place.remove();
}

/** Cancels the request if the caller takes no further pieces. */
async function* piecesOf(body) {
	const reader = body.pipeThrough(new TextDecoderStream()).getReader();
	let rest = '';
	try {
		for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) {
			const pieces = (rest + value).split(END_OF_PIECE);
			rest = pieces.pop();
			yield* pieces;
		}
	} finally {
		reader.cancel().catch(() => {});
	}
}
