import { read, remove, write } from '../lib/storage.js';

const KEY = 'runnel.deleting';

/** Leaves the deletion of the open conversation to the next page. @returns {boolean} false if the browser stores nothing */
export function handOver(id, title) {
	return write('sessionStorage', KEY, { id, title });
}

/** @returns {{id: string, title: string}|null} the conversation whose deletion the page before has left to this one */
export function takeOver() {
	const found = read('sessionStorage', KEY);
	remove('sessionStorage', KEY);
	return found;
}
