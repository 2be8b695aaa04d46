import { load } from '../lib/lazy.js';

/** The pictures that a model has drawn, below the text of its answer. */

/** Adds a picture. A stream may send one again that the reader has. */
export function addPicture(record, picture) {
	const known = record.attachments ?? [];
	if (!known.some(({ id }) => id === picture.id)) {
		record.attachments = [...known, picture];
	}
}

/** Shows the pictures that the list lacks. Few answers have any, so what draws them is loaded with the first. */
export function showPictures(list, { attachments = [] }) {
	if (attachments.length > list.childElementCount) {
		load('answer/attached.js').then((module) => module.showPictures(list, attachments)).catch(() => {});
	}
}
