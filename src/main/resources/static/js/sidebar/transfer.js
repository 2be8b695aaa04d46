import * as api from '../stream/api.js';
import { fill, language, texts } from '../lib/texts.js';

const percent = new Intl.NumberFormat(language, { style: 'percent' });

/**
 * Imports conversations from a file.
 *
 * @param {File} file
 * @param {(text: string) => void} tell shows the progress
 * @returns {Promise<string>} the result, in words
 */
export async function importConversations(file, tell) {
	tell(fill(texts.importing, file.name));
	const { imported, skipped } = await api.importFile(file, (part) => tell(fill(texts.uploaded, percent.format(part))));
	const kept = texts.imported(imported.length);
	return skipped.length === 0 ? kept : `${kept} ${texts.skipped(skipped.length, skipped[0].reason)}`;
}
