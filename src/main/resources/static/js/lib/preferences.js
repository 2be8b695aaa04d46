import { announce } from './events.js';

/**
 * The reader's choices, stored in this browser. If storage is forbidden, they last as long as the page. `theme.js`
 * applies the choices that change the look before the first paint.
 */

const DEFAULTS = {
	theme: 'system',
	size: 'normal',
	width: 'normal',
	sidebar: 'shown',
	enter: 'sends',
	follow: 'text',
	typing: false,
	keys: true,
	instructions: '',
	preset: null,
	favourites: [],
	recent: [],
};

const LOOKS = ['theme', 'size', 'width', 'sidebar'];
const PREFIX = 'runnel.';

const unkept = new Map();

export function preference(name) {
	return unkept.get(name) ?? read(name) ?? DEFAULTS[name];
}

/** Stores a choice and applies it at once. The event `preference` names it. */
export function prefer(name, value) {
	try {
		localStorage.setItem(PREFIX + name, JSON.stringify(value));
		unkept.delete(name);
	} catch {
		unkept.set(name, value);
	}
	if (LOOKS.includes(name)) {
		look(name, value);
	}
	announce('preference', { name, value });
}

function read(name) {
	try {
		return JSON.parse(localStorage.getItem(PREFIX + name));
	} catch {
		return null;
	}
}

function look(name, value) {
	const { dataset } = document.documentElement;
	if (value === DEFAULTS[name]) {
		delete dataset[name];
	} else {
		dataset[name] = value;
	}
}
