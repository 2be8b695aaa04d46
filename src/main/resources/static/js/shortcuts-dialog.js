import { show } from './dialog.js';
import { clone } from './dialogs.js';

/** Lists the keys. */
export async function showShortcuts() {
	const dialog = clone('shortcuts-dialog');
	await show(dialog);
	dialog.remove();
}
