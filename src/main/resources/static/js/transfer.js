import * as api from './api.js';
import { fill, language, texts } from './texts.js';

const percent = new Intl.NumberFormat(language, { style: 'percent' });

/**
 * Takes conversations in from a file.
 *
 * @param {File} file
 * @param {(text: string) => void} tell says what is going on
 * @returns {Promise<string>} how that went, in words
 */
export async function taken(file, tell) {
	tell(fill(texts.importing, file.name));
	const { imported, skipped } = await api.importFile(file, (part) => tell(fill(texts.uploaded, percent.format(part))));
	const kept = texts.imported(imported.length);
	return skipped.length === 0 ? kept : `${kept} ${texts.skipped(skipped.length, skipped[0].reason)}`;
}
