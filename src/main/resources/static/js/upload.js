import { withModule } from './lazy.js';

/**
 * Takes conversations in from a file that the reader chooses, and says in words how that went.
 *
 * @param {(text: string) => void} tell says what is going on
 * @param {() => void} onDone called when something was taken
 */
export function prepareImport(tell, onDone) {
	const field = document.getElementById('import-file');
	document.getElementById('import').addEventListener('click', () => field.click());
	field.addEventListener('change', async () => {
		const [file] = field.files;
		field.value = '';
		if (file) {
			tell(await withModule('transfer.js', ({ taken }) => taken(file, tell).catch(({ message }) => message)));
			onDone();
		}
	});
}
