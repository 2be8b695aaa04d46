import { scripts } from '../base.js';
import { streams } from '../stream/api.js';
import { Failure } from '../stream/failure.js';
import { say } from './events.js';

const loaded = new Map();
const sheets = new Map();
const used = new Set();
let tries = 0;

/**
 * Loads a module when it is needed. A browser caches a failed import as it caches a module, so a retry uses another
 * address. The imports of the module itself are not retried.
 *
 * @param {string} name the path of the module's file, from the folder of the scripts
 */
export async function load(name) {
	if (!loaded.has(name)) {
		loaded.set(name, await import(scripts + name).catch(() => import(`${scripts}${name}?${++tries}`)));
	}
	return loaded.get(name);
}

/**
 * Loads a style sheet that only some modules need. A module waits for it before it runs.
 *
 * @param {string} name the name of the file in the folder of the style sheets, without its ending
 */
export function style(name) {
	if (!sheets.has(name)) {
		sheets.set(name, loadSheet(name));
	}
	return sheets.get(name);
}

function loadSheet(name) {
	const link = document.createElement('link');
	Object.assign(link, { rel: 'stylesheet', href: new URL(`../css/${name}.css`, scripts).href });
	return new Promise((resolve, reject) => {
		link.onload = resolve;
		link.onerror = () => {
			sheets.delete(name);
			link.remove();
			reject(Failure.of('network'));
		};
		document.head.append(link);
	});
}

/**
 * Loads a module for an action of the reader, and tells the reader if it cannot be loaded. A second request for the same
 * module is ignored while the first one runs.
 *
 * @returns {Promise<unknown>} the result of `use`; null if the module was not used
 */
export async function withModule(name, use) {
	if (used.has(name)) {
		return null;
	}
	used.add(name);
	const module = await load(name).catch(() => null);
	if (!module) {
		say(Failure.of('network').message);
		// The header of any response tells whether the server has newer files.
		streams().catch(() => {});
	}
	try {
		return await (module && use(module));
	} finally {
		used.delete(name);
	}
}
