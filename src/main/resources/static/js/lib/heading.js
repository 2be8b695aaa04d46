/** Shows a conversation's title above it and as the title of the document. */
export function showTitle(title) {
	const element = document.getElementById('title');
	if (title && element.textContent !== title) {
		element.textContent = title;
		element.closest('button').hidden = false;
		document.title = `${title} · Runnel`;
	}
}
