/** What the buttons above a table take. */

/** @returns {HTMLTableElement} a copy of the table below this button. A long table has several parts on the page */
export function tableOf(button) {
	const [first, ...others] = partsBelow(button);
	const whole = first.cloneNode(true);
	others.forEach((part) => whole.append(...part.cloneNode(true).tBodies));
	return whole;
}

/** @returns {string[][]} the texts of the cells, row by row */
export function rowsOf(table) {
	return [...table.rows].map(({ cells }) => [...cells].map(({ textContent }) => textContent.trim()));
}

/** The text of a table that spreadsheets read. */
export function tabbedText(table) {
	return rowsOf(table).map((row) => row.map((text) => text.replace(/\s+/g, ' ')).join('\t')).join('\n');
}

function partsBelow(button) {
	const table = button.closest('.code-bar').nextElementSibling;
	const block = table.closest('.block');
	const blocks = [...table.closest('.prose').querySelectorAll('.block')];
	let [from, to] = [blocks.indexOf(block), blocks.indexOf(block)];
	while (blocks[from - 1]?.classList.contains('cut')) {
		from--;
	}
	while (blocks[to].classList.contains('cut') && blocks[to + 1]) {
		to++;
	}
	return blocks.slice(from, to + 1).map((one) => (one === block ? table : one.querySelector('table'))).filter(Boolean);
}
