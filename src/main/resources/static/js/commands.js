import { withModule } from './lazy.js';
import { texts } from './texts.js';

/**
 * What the keys do that work anywhere on the page, by name.
 *
 * @param {(notice: string) => void} say
 */
export function commands(say) {
	return {
		help: openShortcuts,
		settings: openPreferences,
		newChat: () => document.getElementById('new-chat').click(),
		search: openSearch,
		focus: () => document.getElementById('message').focus(),
		copyAnswer: () => pressLast('copy-answer', say),
		copyCode: () => pressLast('copy-code', say),
	};
}

/** On a narrow screen the side bar has to be opened first. */
function openSearch() {
	const opener = document.getElementById('open-sidebar');
	if (opener.checkVisibility()) {
		opener.click();
	}
	document.getElementById('search').select();
	document.getElementById('search').focus();
}

export async function openPreferences() {
	const chosen = await withModule('preferences-dialog.js', ({ showPreferences }) => showPreferences());
	if (chosen === 'keys') {
		await openShortcuts();
	}
}

function openShortcuts() {
	return withModule('shortcuts-dialog.js', ({ showShortcuts }) => showShortcuts());
}

/** The last button of its kind in the conversation. */
function pressLast(action, say) {
	const button = [...document.querySelectorAll(`#turns [data-action="${action}"]`)].findLast((one) => one.checkVisibility());
	if (button) {
		button.click();
	} else {
		say(texts.nothingToCopy);
	}
}
