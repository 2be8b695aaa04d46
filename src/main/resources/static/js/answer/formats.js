/** Answers, tables and code in the forms that other programs take. */

const KEPT = new Set(['href', 'start', 'align', 'type', 'checked', 'disabled']);

/** The endings of files, by the words that name a language in Markdown. Other short words are endings themselves. */
const ENDINGS = {
	javascript: 'js', typescript: 'ts', python: 'py', csharp: 'cs', golang: 'go', rust: 'rs', kotlin: 'kt', ruby: 'rb', perl: 'pl',
	haskell: 'hs', shell: 'sh', bash: 'sh', zsh: 'sh', powershell: 'ps1', markdown: 'md', latex: 'tex', text: 'txt', plaintext: 'txt',
};

/** Windows reads these files when it shows their folder, and signs in at the servers that they name. */
const READ_UNASKED = new Set(['scf', 'url']);

const SHOWN_MS = 1000;

/**
 * An answer's own HTML: without what the page adds, so that tables and lists arrive elsewhere as such.
 *
 * @param {Element} element the answer, or a part of it
 * @throws {Error} if its beginning is not on the page yet
 */
export function plainHtmlOf(element) {
	if (element.querySelector('.beginning')) {
		throw new Error('The answer has no beginning yet');
	}
	const copy = element.cloneNode(true);
	copy.querySelectorAll('.code-bar').forEach((bar) => bar.remove());
	for (const part of [copy, ...copy.querySelectorAll('*')]) {
		[...part.attributes].filter(({ name }) => !KEPT.has(name)).forEach(({ name }) => part.removeAttribute(name));
	}
	return copy.outerHTML;
}

/** @returns {HTMLTableElement} a copy of the table below this button. A long table has several parts on the page */
export function tableOf(button) {
	const [first, ...others] = partsBelow(button);
	const whole = first.cloneNode(true);
	others.forEach((part) => whole.append(...part.cloneNode(true).tBodies));
	return whole;
}

/** @returns {string[][]} the texts of the cells, row by row */
function rowsOf(table) {
	return [...table.rows].map(({ cells }) => [...cells].map(({ textContent }) => textContent.trim()));
}

/** The text of a table that spreadsheets read. */
export function tabbedText(table) {
	return rowsOf(table).map((row) => row.map((text) => text.replace(/\s+/g, ' ')).join('\t')).join('\n');
}

function partsBelow(button) {
	const table = button.closest('.code-bar').nextElementSibling;
	const block = table.closest('.block');
	const blocks = [...table.closest('.part').parentElement.querySelectorAll('.block')];
	let [from, to] = [blocks.indexOf(block), blocks.indexOf(block)];
	while (blocks[from - 1]?.classList.contains('cut')) {
		from--;
	}
	while (blocks[to].classList.contains('cut') && blocks[to + 1]) {
		to++;
	}
	return blocks.slice(from, to + 1).map((one) => (one === block ? table : one.querySelector('table'))).filter(Boolean);
}

/** Saves code as a file. @param {string} language the word that names it in Markdown; may be empty */
export function saveCode(text, language) {
	save(text, `code.${endingOf(language)}`, 'text/plain');
}

/** The ending of a file with code. @param {string} language the word that names it in Markdown; may be empty */
export function endingOf(language) {
	const word = language.toLowerCase();
	const ending = /^[a-z\d]{1,5}$/.test(word) && !READ_UNASKED.has(word) ? word : 'txt';
	return Object.hasOwn(ENDINGS, word) ? ENDINGS[word] : ending;
}

/** Saves a table as CSV (RFC 4180). The mark at the beginning tells spreadsheets that it is UTF-8. */
export function saveCsv(table) {
	save(`\ufeff${rowsOf(table).map((row) => `${row.map(csvCell).join(',')}\r\n`).join('')}`, 'table.csv', 'text/csv');
}

/**
 * A cell of a CSV file. A spreadsheet computes what begins like a formula, and a formula can send other cells away. The
 * table is the model's, so such a text gets an apostrophe. A number with a sign stays one.
 *
 * @param {string} text without white space around it
 */
export function csvCell(text) {
	const safe = /^[=@+\-\uff1d\uff20\uff0b\uff0d]/.test(text) && !/^[+-][\d\s.,%]*$/.test(text) ? `'${text}` : text;
	return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Saves text as a file. @param {string} type its media type */
export function save(text, name, type) {
	const link = document.createElement('a');
	link.href = URL.createObjectURL(new Blob([text], { type }));
	link.download = name;
	link.click();
	setTimeout(() => URL.revokeObjectURL(link.href), SHOWN_MS);
}
