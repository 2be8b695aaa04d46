import { Failure, streams } from './api.js';

const loaded = new Map();
const used = new Set();
let tries = 0;

/**
 * Loads a module when it is needed. A browser keeps a failure as it keeps a module: another try needs another address.
 * What the module itself imports is not tried again.
 *
 * @param {string} name the module's file in this folder
 */
export async function load(name) {
	if (!loaded.has(name)) {
		loaded.set(name, await import(`./${name}`).catch(() => import(`./${name}?${++tries}`)));
	}
	return loaded.get(name);
}

/**
 * Loads a module for something that the reader asked for, who is told when it cannot be had. What is asked for again
 * while it is being loaded or used is done once.
 *
 * @returns {Promise<unknown>} what the use of it gave; null where it was not used
 */
export async function withModule(name, use) {
	if (used.has(name)) {
		return null;
	}
	used.add(name);
	const module = await load(name).catch(() => null);
	if (!module) {
		dispatchEvent(new CustomEvent('runnel-say', { detail: Failure.of('network').message }));
		// Any answer tells whether the server has other files by now.
		streams().catch(() => {});
	}
	try {
		return await (module && use(module));
	} finally {
		used.delete(name);
	}
}
