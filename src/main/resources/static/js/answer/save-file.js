/** The endings of files, by the words that name a language in Markdown. Other short words are endings themselves. */
const ENDINGS = {
	javascript: 'js', typescript: 'ts', python: 'py', csharp: 'cs', golang: 'go', rust: 'rs', kotlin: 'kt', ruby: 'rb', perl: 'pl',
	haskell: 'hs', shell: 'sh', bash: 'sh', zsh: 'sh', powershell: 'ps1', markdown: 'md', latex: 'tex', text: 'txt', plaintext: 'txt',
};

const SHOWN_MS = 1000;

/** Saves code as a file. @param {string} language the word that names it in Markdown; may be empty */
export function saveCode(text, language) {
	const word = language.toLowerCase();
	save(text, `code.${ENDINGS[word] ?? (/^[a-z\d]{1,5}$/.test(word) ? word : 'txt')}`, 'text/plain');
}

/** Saves a table as CSV (RFC 4180). The mark at the beginning tells spreadsheets that it is UTF-8. */
export function saveCsv(rows) {
	const quoted = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
	save(`\ufeff${rows.map((row) => `${row.map(quoted).join(',')}\r\n`).join('')}`, 'table.csv', 'text/csv');
}

function save(text, name, type) {
	const link = document.createElement('a');
	link.href = URL.createObjectURL(new Blob([text], { type }));
	link.download = name;
	link.click();
	setTimeout(() => URL.revokeObjectURL(link.href), SHOWN_MS);
}
