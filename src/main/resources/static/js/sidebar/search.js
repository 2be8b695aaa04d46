const AFTER_MS = 200;

/** Calls a function with the query when the reader has stopped typing, or at once on Enter. */
export function listenToSearch(field, onQuery) {
	let waiting = 0;
	const query = () => onQuery(field.value.trim());
	field.addEventListener('input', () => {
		clearTimeout(waiting);
		waiting = setTimeout(query, AFTER_MS);
	});
	field.form.addEventListener('submit', (event) => {
		event.preventDefault();
		query();
	});
}
