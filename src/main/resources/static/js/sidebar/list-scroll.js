import { read, write } from '../lib/storage.js';

const KEY = 'runnel.list';

/** Keeps the position of the list from page to page. The entry of the open conversation is in view. */
export function keepListScroll() {
	const list = document.getElementById('entries');
	list.scrollTop = read('sessionStorage', KEY) ?? 0;
	showCurrentEntry();
	addEventListener('pagehide', () => write('sessionStorage', KEY, list.scrollTop));
}

/** Scrolls the list to the entry of the open conversation, if it is out of view. */
export function showCurrentEntry() {
	document.querySelector('#entries [aria-current]')?.scrollIntoView({ block: 'nearest' });
}
