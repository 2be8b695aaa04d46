import { announce } from './events.js';
import { read, write } from './storage.js';

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
	return unkept.get(name) ?? read('localStorage', PREFIX + name) ?? DEFAULTS[name];
}

/** Stores a choice and applies it at once. The event `preference` names it. */
export function prefer(name, value) {
	if (write('localStorage', PREFIX + name, value)) {
		unkept.delete(name);
	} else {
		unkept.set(name, value);
	}
	if (LOOKS.includes(name)) {
		look(name, value);
	}
	announce('preference', { name, value });
}

function look(name, value) {
	const { dataset } = document.documentElement;
	if (value === DEFAULTS[name]) {
		delete dataset[name];
	} else {
		dataset[name] = value;
	}
}
