import { isAnyOpen } from '../dialogs/dialog.js';
import { say } from '../lib/events.js';
import { withModule } from '../lib/lazy.js';
import { texts } from '../lib/texts.js';

/** The actions of the keys that work anywhere on the page, by name. */
export function commands() {
	return {
		help: openShortcuts,
		settings: openPreferences,
		newChat: () => document.getElementById('new-chat').click(),
		search: openSearch,
		temporary: () => press('temporary'),
		sidebar: () => press('open-sidebar', 'hide-sidebar'),
		pause: () => press('pause', 'resume'),
		focus: () => document.getElementById('message').focus(),
		copyAnswer: () => pressLast('copy-answer'),
		copyCode: () => pressLast('copy-code'),
	};
}

/** Focuses the search field. A side bar that is not shown is opened first. */
function openSearch() {
	showList();
	document.getElementById('search').select();
	document.getElementById('search').focus();
}

/** Shows the side bar, if it is hidden. */
export function showList() {
	const opener = document.getElementById('open-sidebar');
	if (opener.checkVisibility() && !isAnyOpen()) {
		opener.click();
	}
}

/** Presses that of these buttons which is visible. */
function press(...ids) {
	ids.map((id) => document.getElementById(id)).find((button) => button.checkVisibility())?.click();
}

export function openPreferences() {
	return withModule('dialogs/preferences-dialog.js', ({ showPreferences }) => showPreferences());
}

export function openShortcuts() {
	return withModule('dialogs/shortcuts-dialog.js', ({ showShortcuts }) => showShortcuts());
}

/** Presses the last visible button of its kind in the answers. */
function pressLast(action) {
	const button = [...document.querySelectorAll(`#turns [data-role=assistant] [data-action="${action}"]`)].findLast((one) => one.checkVisibility());
	if (button) {
		button.click();
	} else {
		say(texts.nothingToCopy);
	}
}
