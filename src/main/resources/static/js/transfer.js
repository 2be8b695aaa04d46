import * as api from './api.js';
import { fill, language, texts } from './texts.js';

const percent = new Intl.NumberFormat(language, { style: 'percent' });

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
			tell(await taken(file, tell).catch(({ message }) => message));
			onDone();
		}
	});
}

async function taken(file, tell) {
	tell(fill(texts.importing, file.name));
	const { imported, skipped } = await api.importFile(file, (part) => tell(fill(texts.uploaded, percent.format(part))));
	const kept = texts.imported(imported.length);
	return skipped.length === 0 ? kept : `${kept} ${texts.skipped(skipped.length, skipped[0].reason)}`;
}
