import { showList } from '../composer/commands.js';
import { show } from '../dialogs/dialog.js';
import { load } from '../lib/lazy.js';
import { prefer } from '../lib/preferences.js';
import { showCurrentEntry } from './list-scroll.js';
import { endSearch } from './search.js';

const sidebar = document.getElementById('sidebar');
const drawer = document.getElementById('drawer');
const opener = document.getElementById('open-sidebar');
const hider = document.getElementById('hide-sidebar');
const wide = matchMedia('(width > 60rem)');

/**
 * Shows and hides the side bar. On a narrow screen it is in a dialog while it is open. F6 moves the focus between it and
 * the box.
 */
export function prepareDrawer() {
	opener.addEventListener('click', () => (wide.matches ? setHidden(false) : openDrawer()));
	hider.addEventListener('click', () => setHidden(true));
	document.getElementById('close-sidebar').addEventListener('click', () => drawer.close());
	wide.addEventListener('change', () => drawer.close());
	addEventListener('keydown', (event) => event.key === 'F6' && toComposerOrBack(event));
	prepareEdge(document.getElementById('shelf-edge'));
}

/** What moves the edge of the side bar is loaded when the pointer or the focus comes to it. */
function prepareEdge(element) {
	element.onpointerenter = element.onfocus = () => load('sidebar/edge.js').then(({ follow }) => follow(element), () => {});
}

async function openDrawer() {
	drawer.append(sidebar);
	const closed = show(drawer);
	showCurrentEntry();
	await closed;
	document.getElementById('shelf').append(sidebar);
	endSearch();
}

/** Hides or shows the side bar, and remembers that. The pressed button disappears, and the other one gets the focus. */
function setHidden(isHidden) {
	prefer('sidebar', isHidden ? 'hidden' : 'shown');
	if (!document.activeElement.checkVisibility()) {
		(isHidden ? opener : hider).focus();
	}
}

function toComposerOrBack(event) {
	const box = document.getElementById('message');
	event.preventDefault();
	if (document.activeElement === box) {
		showList();
		document.querySelector('.entry-link[tabindex="0"]')?.focus();
	} else {
		box.focus();
	}
}
