import { withModule } from '../lib/lazy.js';
import { endSearch } from './search.js';

/**
 * Imports conversations from files that the reader chooses, and shows the results.
 *
 * @param {(text: string) => void} tell shows a text
 * @param {() => void} onDone called after each import, even one that failed
 */
export function prepareImport(tell, onDone) {
	const field = document.getElementById('import-file');
	field.addEventListener('change', async () => {
		const files = [...field.files];
		field.value = '';
		if (files.length > 0) {
			const result = await withModule('sidebar/transfer.js', ({ importConversations }) => importConversations(files, tell));
			endSearch();
			tell(result);
			onDone();
		}
	});
}
