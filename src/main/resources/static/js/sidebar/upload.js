import { withModule } from '../lib/lazy.js';

/**
 * Imports conversations from a file that the reader chooses, and shows the result.
 *
 * @param {(text: string) => void} tell shows a text
 * @param {() => void} onDone called after each import, even one that failed
 */
export function prepareImport(tell, onDone) {
	const field = document.getElementById('import-file');
	document.getElementById('import').addEventListener('click', () => field.click());
	field.addEventListener('change', async () => {
		const [file] = field.files;
		field.value = '';
		if (file) {
			tell(await withModule('sidebar/transfer.js', ({ importConversations }) => importConversations(file, tell).catch(({ message }) => message)));
			onDone();
		}
	});
}
