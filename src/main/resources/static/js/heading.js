/** Shows a conversation's title above it and in the browser's own bar. */
export function showTitle(title) {
	const element = document.getElementById('title');
	if (title && element.textContent !== title) {
		element.textContent = title;
		document.title = `${title} · Runnel`;
	}
}
