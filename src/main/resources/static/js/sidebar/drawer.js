import { show } from '../dialogs/dialog.js';
import { showCurrentEntry } from './list-scroll.js';

/** Moves the side bar into a dialog while it is open on a narrow screen. F6 moves the focus between it and the box. */
export function prepareDrawer() {
	const sidebar = document.getElementById('sidebar');
	const drawer = document.getElementById('drawer');
	document.getElementById('open-sidebar').addEventListener('click', async () => {
		drawer.append(sidebar);
		const closed = show(drawer);
		showCurrentEntry();
		await closed;
		document.getElementById('shelf').append(sidebar);
	});
	document.getElementById('close-sidebar').addEventListener('click', () => drawer.close());
	matchMedia('(width > 60rem)').addEventListener('change', () => drawer.close());
	addEventListener('keydown', (event) => event.key === 'F6' && toComposerOrBack(event));
}

function toComposerOrBack(event) {
	const box = document.getElementById('message');
	event.preventDefault();
	if (document.activeElement === box) {
		document.querySelector('.entry-link[tabindex="0"]')?.focus();
	} else {
		box.focus();
	}
}
