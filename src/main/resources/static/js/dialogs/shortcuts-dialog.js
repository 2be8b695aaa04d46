import { clone, show } from './dialog.js';
import { style } from '../lib/lazy.js';

await style('dialogs');

/** Shows the list of keyboard shortcuts. */
export async function showShortcuts() {
	const dialog = clone('shortcuts-dialog');
	await show(dialog);
	dialog.remove();
}
