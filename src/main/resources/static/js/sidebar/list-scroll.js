const KEY = 'runnel.list';

/** Keeps the position of the list from page to page. The entry of the open conversation is in view. */
export function keepListScroll() {
	const list = document.getElementById('entries');
	try {
		list.scrollTop = Number(sessionStorage.getItem(KEY));
	} catch {
		// Storage is forbidden: the list begins at its top.
	}
	showCurrentEntry();
	addEventListener('pagehide', () => {
		try {
			sessionStorage.setItem(KEY, String(list.scrollTop));
		} catch {
			// As above.
		}
	});
}

/** Scrolls the list to the entry of the open conversation, if it is out of view. */
export function showCurrentEntry() {
	document.querySelector('#entries [aria-current]')?.scrollIntoView({ block: 'nearest' });
}
