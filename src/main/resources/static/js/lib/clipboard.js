/** Copies text. A plain http origin has no clipboard API, so a text area is used there. */
export async function copy(text) {
	if (navigator.clipboard) {
		await navigator.clipboard.writeText(text);
		return;
	}
	const area = document.createElement('textarea');
	area.value = text;
	area.className = 'unseen';
	document.body.append(area);
	area.select();
	document.execCommand('copy');
	area.remove();
}
