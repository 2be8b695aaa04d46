import { decimal, fill, joined, texts } from '../lib/texts.js';
import { addressOf } from '../stream/api.js';

const KILOBYTE = 1024;

/** What the store has of an uploaded file. */
export function shownOf(attachment) {
	const { type, pages, tokens } = attachment;
	const facts = joined([sizeOf(attachment), pages && texts.pages(pages), texts.tokens(tokens)]);
	const thumbnail = type.startsWith('image/') ? addressOf(attachment) : null;
	const range = pages > 1 ? rangeOf(1, pages) : '';
	return { state: 'done', progress: 1, facts, thumbnail, attachment, whole: attachment, range };
}

/** Pages as the reader types them: `3–7`, or `5`. */
export function rangeOf(from, to) {
	return from === to ? String(from) : `${from}–${to}`;
}

/** The size of a file in words. */
export function sizeOf({ size }) {
	const kilobytes = size / KILOBYTE;
	return kilobytes < KILOBYTE ? fill(texts.kilobytes, Math.ceil(kilobytes)) : fill(texts.megabytes, decimal(kilobytes / KILOBYTE));
}
