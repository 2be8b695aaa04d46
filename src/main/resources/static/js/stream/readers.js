/**
 * A browser opens few connections to one server for all its tabs together. So only one tab reads an answer that no tab
 * shows. Without the lock API, as on plain http, each tab reads for itself.
 */

/** Tells other tabs that this tab reads the stream, until the reading ends. */
export function claim(streamId, reading) {
	navigator.locks?.request(nameOf(streamId), { ifAvailable: true }, () => reading.catch(() => {}));
}

/** Reads when no other tab reads this stream. */
export async function afterOthers(streamId, read) {
	await (navigator.locks ? navigator.locks.request(nameOf(streamId), read) : read());
}

function nameOf(streamId) {
	return `runnel.stream.${streamId}`;
}
