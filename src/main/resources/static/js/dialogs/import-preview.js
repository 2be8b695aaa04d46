import { clone, show } from './dialog.js';
import { style } from '../lib/lazy.js';
import { counted, fill, language, texts } from '../lib/texts.js';

await style('dialogs');

/** How many titles and reasons are listed. */
const MAX_ROWS = 200;

const willImport = counted('willImport');
const alreadyHere = counted('alreadyHere');
const numbers = new Intl.NumberFormat(language);

/** Why something cannot be imported, in the reader's language. */
export function reasonOf({ reason, cause, parameters = [] }) {
	return texts.reasons[cause] ? fill(texts.reasons[cause], ...parameters) : reason;
}

/**
 * Shows what an import would store and what it would leave out, and asks whether to import.
 *
 * @param {{found: {title: string}[], known: object[], omitted: {kind: string, count: number}[],
 * 	skipped: {where: string, reason: string, cause: string, parameters?: unknown[]}[]}} preview
 * @returns {Promise<boolean>} whether the reader agrees
 */
export async function agree({ found, known, omitted, skipped }) {
	const dialog = clone('import-dialog');
	dialog.querySelector('.will').textContent = willImport(found.length);
	dialog.querySelector('.known').textContent = known.length > 0 ? alreadyHere(known.length) : '';
	list(dialog, '.titles', found.map(({ title }) => title));
	list(dialog, '.left-out', omitted.map(({ kind, count }) => `${texts.kinds[kind] ?? kind}: ${numbers.format(count)}`));
	list(dialog, '.refused', skipped.map((one) => `${one.where}: ${reasonOf(one)}`));
	const answer = await show(dialog);
	dialog.remove();
	return answer === 'import';
}

/** Fills a list, and hides it with its heading if it is empty. */
function list(dialog, selector, rows) {
	const part = dialog.querySelector(selector);
	part.hidden = rows.length === 0;
	part.querySelector('ul').append(
		...rows.slice(0, MAX_ROWS).map((text) => row(text)),
		...(rows.length > MAX_ROWS ? [row('…')] : []),
	);
}

function row(text) {
	const item = document.createElement('li');
	item.dir = 'auto';
	item.textContent = text;
	return item;
}
