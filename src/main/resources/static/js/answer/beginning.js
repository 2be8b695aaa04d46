import { dress } from './code.js';
import { touched } from './drawing.js';
import { newPart } from './text-parts.js';
import { Slice } from '../lib/slice.js';

/** The server sends this after each block. */
const END_OF_BLOCK = '<!---->';

/**
 * Loads the beginning of a very long answer, which the server leaves out of the page, and inserts it part by part in place
 * of the link to it. The link stays if the beginning cannot be loaded.
 *
 * @param {HTMLAnchorElement} link
 * @returns {boolean} always false, because the link looks the same at first
 */
export function draw(link) {
	load(link).catch(() => {});
	return false;
}

async function load(link) {
	const response = await fetch(link.href);
	if (response.ok) {
		await insert(response.body, link.parentElement);
	}
}

async function insert(body, place) {
	const slice = new Slice();
	for await (const html of blocksOf(body)) {
		if (!place.isConnected) {
			return;
		}
		const part = newPart(Boolean(place.previousElementSibling));
		part.innerHTML = html;
		dress(part);
		place.before(part);
		touched(part, () => {});
		await slice.pause();
	}
	place.remove();
}

async function* blocksOf(body) {
	const reader = body.pipeThrough(new TextDecoderStream()).getReader();
	let rest = '';
	for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) {
		const blocks = (rest + value).split(END_OF_BLOCK);
		rest = blocks.pop();
		yield* blocks;
	}
}
