const AFTER_MS = 200;

/**
 * Searches when the reader has stopped typing. Enter searches at once and opens the first hit.
 *
 * @param {(query: string) => Promise<boolean>} onQuery resolves with whether the hits are shown
 * @param {() => void} onEnter called when the hits are shown
 */
export function listenToSearch(field, onQuery, onEnter) {
	let waiting = 0;
	const query = () => onQuery(field.value.trim());
	field.addEventListener('input', () => {
		clearTimeout(waiting);
		waiting = setTimeout(query, AFTER_MS);
	});
	field.form.addEventListener('submit', async (event) => {
		event.preventDefault();
		clearTimeout(waiting);
		if (await query()) {
			onEnter();
		}
	});
}

/** Shows all conversations again, if the list shows those that a search has found. */
export function endSearch() {
	const field = document.getElementById('search');
	if (field.value) {
		field.value = '';
		field.form.requestSubmit();
	}
}
