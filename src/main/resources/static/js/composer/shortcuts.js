import { isAnyOpen } from '../dialogs/dialog.js';
import { isComposing, isTyped } from '../lib/keys.js';
import { preference } from '../lib/preferences.js';

/**
 * Handles the keys that work anywhere on the page. Letters with Shift are recognised by their position on the keyboard,
 * because Shift changes their character.
 *
 * @param {Record<string, () => void>} actions the actions by name: help, newChat, temporary, search, sidebar, focus, pause,
 * copyAnswer, copyCode, settings
 */
export function listenForShortcuts(actions) {
	window.addEventListener('keydown', (event) => {
		const name = isComposing(event) || isAnyOpen() ? undefined : nameOf(event);
		if (name) {
			event.preventDefault();
			actions[name]();
		}
	});
}

const WITH_CTRL_SHIFT = {
	KeyO: 'newChat', KeyE: 'temporary', KeyS: 'sidebar', Period: 'pause', KeyC: 'copyAnswer', Semicolon: 'copyCode',
};
const WITH_CTRL = { '/': 'help', ',': 'settings', k: 'search' };

function nameOf(event) {
	const ctrl = event.ctrlKey || event.metaKey;
	if (ctrl) {
		return WITH_CTRL[event.key] ?? (event.shiftKey ? WITH_CTRL_SHIFT[event.code] : undefined);
	}
	if (event.key === 'Escape' && event.shiftKey) {
		return 'focus';
	}
	return event.key === '?' && preference('keys') && !isTyped(event) ? 'help' : undefined;
}
