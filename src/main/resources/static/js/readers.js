/**
 * A browser opens few connections to one server, for all its tabs together, so one tab is enough to read an answer
 * that nobody looks at. Where the browser has no locks, as on plain http, each tab reads for itself.
 */

/** Tells other tabs that this one reads the stream, for as long as it does. */
export function claim(streamId, reading) {
	navigator.locks?.request(nameOf(streamId), { ifAvailable: true }, () => reading.catch(() => {}));
}

/** Reads once no other tab does. */
export async function afterOthers(streamId, read) {
	await (navigator.locks ? navigator.locks.request(nameOf(streamId), read) : read());
}

function nameOf(streamId) {
	return `runnel.stream.${streamId}`;
}
