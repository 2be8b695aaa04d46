import { clone, show } from './dialog.js';

/** Shows the list of keyboard shortcuts. */
export async function showShortcuts() {
	const dialog = clone('shortcuts-dialog');
	await show(dialog);
	dialog.remove();
}
