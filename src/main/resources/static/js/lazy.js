import { Failure } from './api.js';

let tries = 0;

/**
 * Loads a module when it is needed. A browser keeps a failure as it keeps a module: another try needs another address.
 *
 * @param {string} name the module's file in this folder
 */
export async function load(name) {
	try {
		return await import(`./${name}`);
	} catch {
		tries++;
		return import(`./${name}?${tries}`);
	}
}

/** Loads a module for something that the reader asked for, who is told when it cannot be had. */
export async function withModule(name, use) {
	const module = await load(name).catch(() => null);
	if (module) {
		return use(module);
	}
	dispatchEvent(new CustomEvent('runnel-say', { detail: Failure.of('network').message }));
	return null;
}
